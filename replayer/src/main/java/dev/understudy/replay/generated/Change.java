package dev.understudy.replay.generated;

import dev.understudy.trace.entry.ExchangeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found out about one exchange. Belongs to one thread. */
public final class Change {
    private final @Nullable ExchangeId[] roots;
    private final List<Twin> twins = new ArrayList<>();

    Change(int arms) {
        this.roots = new @Nullable ExchangeId[arms];
    }

    void missing(int arm, ExchangeId root) {
        if (roots[arm] == null) {
            roots[arm] = root;
        }
    }

    @Nullable ExchangeId missing(int arm) {
        return roots[arm];
    }

    void twins(Collection<Twin> more) {
        twins.addAll(more);
    }

    /**
     * The exchange that failed to generate a value which this one uses, on the candidate or on the control but not on both;
     * null if there is none. Where both lack it, the arms are alike.
     */
    public @Nullable ExchangeId root() {
        ExchangeId root = null;
        for (ExchangeId each : roots) {
            if (each == null && roots.length > 1) {
                return first();
            }
            root = root == null ? each : root;
        }
        return roots.length > 1 ? null : root;
    }

    private @Nullable ExchangeId first() {
        for (ExchangeId each : roots) {
            if (each != null) {
                return each;
            }
        }
        return null;
    }

    /** Values that an arm generated in the place of recorded ones, as its answer shows them. */
    public List<Twin> twins() {
        return List.copyOf(twins);
    }
}
