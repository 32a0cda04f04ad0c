package dev.understudy.diff.group;

import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.group.GroupState.KeptSample;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The sums of one group. Mutable; whatever the order of additions and merges, the same in the end. */
final class Group {
    private String sql = "";
    private Severity severity = Severity.MINOR;
    private String origin = "";
    private long count;
    private final TreeSet<PlacedSample> samples = new TreeSet<>(PlacedSample.FIRST);
    /** Whether it is not as it was last kept. */
    private boolean changed = true;
    /** Whether it was kept once. */
    private boolean kept;

    void add(Occurrence at) {
        Observation observation = at.observation();
        add(observation.sql(), observation.severity(), observation.origin(), observation.count());
        sample(PlacedSample.of(at));
    }

    void add(Group other) {
        add(other.sql, other.severity, other.origin, other.count);
        other.samples.forEach(this::sample);
    }

    void add(GroupState state) {
        add(state.sql(), state.severity(), state.origin(), state.count());
        state.samples().forEach(kept -> sample(PlacedSample.of(kept)));
    }

    private void add(String text, Severity bad, String from, long by) {
        changed = true;
        count += by;
        sql = least(sql, text);
        origin = least(origin, from);
        severity = bad.compareTo(severity) < 0 ? bad : severity;
    }

    private static String least(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        return a.compareTo(b) <= 0 ? a : b;
    }

    private void sample(PlacedSample sample) {
        samples.add(sample);
        if (samples.size() > GroupBook.MAX_SAMPLES) {
            samples.pollLast();
        }
    }

    /** What to keep of it if it changed since it was last asked. */
    @Nullable GroupState takeChange(PathKey key, String transition, @Nullable String cutoff) {
        if (!changed) {
            return null;
        }
        markKept();
        List<KeptSample> all = samples.stream().map(PlacedSample::kept).toList();
        return new GroupState(key, transition, sql, severity, origin, count, all, cutoff);
    }

    void markKept() {
        changed = false;
        kept = true;
    }

    boolean wasKept() {
        return kept;
    }

    String sql() {
        return sql;
    }

    Severity severity() {
        return severity;
    }

    String origin() {
        return origin;
    }

    long count() {
        return count;
    }

    List<Sample> samples() {
        return samples.stream().map(PlacedSample::sample).toList();
    }
}
