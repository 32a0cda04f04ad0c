package dev.understudy.diff.group;

import dev.understudy.diff.bounded.LeastKeys;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The groups of one path by transition; transitions beyond a limit are one group. Mutable. */
final class PathGroups {
    private final LeastKeys<String, Group> byTransition;
    private @Nullable Group other;

    PathGroups(int maxTransitions) {
        byTransition = LeastKeys.ofKeys(maxTransitions);
    }

    /** The group that a transition belongs to; {@code gone} takes the names of those that are no more. */
    Group at(String transition, BiConsumer<String, Group> gone) {
        if (transition.equals(GroupBook.OTHER)) {
            return other();
        }
        Group group = byTransition.at(transition, Group::new);
        byTransition.trim((name, beyond) -> {
            other().add(beyond);
            gone.accept(name, beyond);
        });
        return group == null || byTransition.isBeyond(transition) ? other() : group;
    }

    void cutAt(@Nullable String cutoff, BiConsumer<String, Group> gone) {
        byTransition.cutAt(cutoff, (name, beyond) -> {
            other().add(beyond);
            gone.accept(name, beyond);
        });
    }

    private Group other() {
        Group group = other == null ? new Group() : other;
        other = group;
        return group;
    }

    @Nullable String cutoff() {
        return byTransition.cutoff();
    }

    int size() {
        return byTransition.size() + (other == null ? 0 : 1);
    }

    void forEach(BiConsumer<String, Group> action) {
        byTransition.forEach(action);
        if (other != null) {
            action.accept(GroupBook.OTHER, other);
        }
    }
}
