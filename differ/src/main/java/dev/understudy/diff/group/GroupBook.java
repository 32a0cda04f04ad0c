package dev.understudy.diff.group;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.attribute.JudgedDifference;
import dev.understudy.diff.bounded.LeastKeys;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.trace.entry.ExchangeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects differences into groups. Bounded: a path's transitions beyond a limit, and paths beyond another, are counted
 * together. What it gives does not depend on the order in which it was filled, nor on how many books were merged.
 *
 * <p>Mutable; belongs to one thread.
 */
public final class GroupBook {
    /** Groups told apart; besides, one for each class and attribution of what lies beyond. */
    static final int MAX_GROUPS = 5_000;
    /** Transitions of one statement, class, path and attribution told apart. */
    static final int MAX_TRANSITIONS = 40;
    /** Samples kept of each group: those of the first exchanges. */
    static final int MAX_SAMPLES = 3;
    /** What is counted together has this for its transition, path or statement. */
    public static final String OTHER = "other";

    private static final String ID = "g_";
    private static final String DERIVED = JudgedDifference.DERIVED;

    private final int maxTransitions;
    private final LeastKeys<PathKey, PathGroups> paths;
    /** Groups of the paths beyond the bound; as many as classes and attributions at most. */
    private final Map<PathKey, Group> beyond = new TreeMap<>();
    /** Names of groups that were kept and are no more. */
    private final Set<String> gone = new HashSet<>();

    /** An empty book. */
    public GroupBook() {
        this(MAX_GROUPS, MAX_TRANSITIONS);
    }

    /** An empty book with bounds of its own. */
    public GroupBook(int maxGroups, int maxTransitions) {
        this.maxTransitions = maxTransitions;
        this.paths = new LeastKeys<>(Comparator.naturalOrder(), PathGroups::size, maxGroups);
    }

    /** Counts an observation of an object. */
    public void add(Observation observation, String before, String after) {
        add(observation, new ExchangeId(0, 0), 0, 0, "", before, after);
    }

    /** Counts an observation in an exchange, with what to show of it. */
    public void add(
            Observation observation,
            ExchangeId exchange,
            int step,
            int row,
            String shownRow,
            String before,
            String after) {
        add(new Occurrence(observation, exchange, step, row, shownRow, before, after));
    }

    /** Counts an occurrence. */
    public void add(Occurrence at) {
        Observation observation = at.observation();
        change(PathKey.of(observation), observation.transition(), group -> group.add(at));
    }

    /** Counts what another book holds. */
    public void add(GroupBook other) {
        cutAt(other.cutoff());
        other.paths.forEach((key, groups) -> {
            cutAt(key, groups.cutoff());
            groups.forEach((transition, group) -> change(key, transition, mine -> mine.add(group)));
        });
        other.beyond.forEach((key, group) -> beyond(key).add(group));
    }

    private void change(PathKey key, String transition, Consumer<Group> change) {
        PathGroups groups = paths.at(key, () -> new PathGroups(maxTransitions));
        if (groups == null) {
            change.accept(beyond(key));
            return;
        }
        int before = groups.size();
        change.accept(groups.at(transition, gone(key)));
        paths.grew(groups.size() - before);
        paths.trim(this::moveBeyond);
    }

    private BiConsumer<String, Group> gone(PathKey key) {
        return (transition, group) -> {
            if (group.wasKept()) {
                gone.add(key.id(transition));
            }
        };
    }

    private void moveBeyond(PathKey key, PathGroups groups) {
        groups.forEach((transition, group) -> {
            beyond(key).add(group);
            gone(key).accept(transition, group);
        });
    }

    private Group beyond(PathKey key) {
        return beyond.computeIfAbsent(new PathKey(OTHER, key.type(), OTHER, key.attribution()), any -> new Group());
    }

    /** The id that an observation's group has, unless it is beyond a bound and counted with others. */
    public static String idOf(Observation observation) {
        return ID + PathKey.of(observation).id(observation.transition());
    }

    /** The least path that is counted with others, null if there is none. */
    public @Nullable PathKey cutoff() {
        return paths.cutoff();
    }

    /** Counts paths from that one on with others. */
    public void cutAt(@Nullable PathKey cutoff) {
        paths.cutAt(cutoff, this::moveBeyond);
    }

    private void cutAt(PathKey key, @Nullable String transition) {
        PathGroups groups = transition == null ? null : paths.at(key, () -> new PathGroups(maxTransitions));
        if (groups != null) {
            int before = groups.size();
            groups.cutAt(transition, gone(key));
            paths.grew(groups.size() - before);
            paths.trim(this::moveBeyond);
        }
    }

    /** Hands over the groups that changed since it was last asked, and the {@link GroupState#id} of those that are gone. */
    public void takeChanges(Consumer<GroupState> changed, Consumer<String> vanished) {
        paths.forEach((key, groups) -> groups.forEach((transition, group) -> {
            GroupState state = group.takeChange(key, transition, transition.equals(OTHER) ? groups.cutoff() : null);
            if (state != null) {
                changed.accept(state);
            }
        }));
        beyond.forEach((key, group) -> {
            GroupState state = group.takeChange(key, OTHER, null);
            if (state != null) {
                changed.accept(state);
            }
        });
        gone.forEach(vanished);
        gone.clear();
    }

    /** Puts back a group that was kept; the cutoff comes first. */
    public void restore(GroupState state) {
        PathKey key = state.key();
        if (key.fingerprint().equals(OTHER) && key.path().equals(OTHER)) {
            Group group = beyond(key);
            group.add(state);
            group.markKept();
            return;
        }
        cutAt(key, state.cutoff());
        change(key, state.transition(), group -> {
            group.add(state);
            group.markKept();
        });
    }

    /**
     * The groups, in the order of {@link GroupOrder}.
     *
     * @param compared how many comparisons an observation like this stands among, 0 if that is not known
     */
    public List<DifferenceGroup> groups(ToLongFunction<PathKey> compared) {
        List<DifferenceGroup> result = new ArrayList<>();
        paths.forEach((key, groups) -> groups.forEach(
                (transition, group) -> result.add(group(key, transition, group, compared.applyAsLong(key)))));
        beyond.forEach((key, group) -> result.add(group(key, OTHER, group, compared.applyAsLong(key))));
        return GroupOrder.sorted(result);
    }

    private static DifferenceGroup group(PathKey key, String transition, Group group, long compared) {
        String id = key.id(transition);
        String origin = group.origin();
        String source = origin.startsWith(DERIVED) ? origin.substring(DERIVED.length()) : origin;
        String cluster = source.isEmpty() ? id : StableHash.of(source);
        DifferenceClass type = key.type();
        Attribution attribution = key.attribution();
        return new DifferenceGroup(
                ID + id,
                type,
                key.path(),
                key.fingerprint(),
                group.sql(),
                attribution,
                GroupDisposition.of(type, attribution),
                group.severity(),
                group.count(),
                compared,
                transition,
                group.samples(),
                "c_" + cluster,
                origin,
                0);
    }
}
