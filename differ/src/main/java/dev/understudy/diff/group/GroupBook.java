package dev.understudy.diff.group;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.attribute.JudgedDifference;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.trace.entry.ExchangeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Collects differences into groups. Bounded: a path's transitions beyond a limit, and groups beyond another, are
 * counted together. What it gives does not depend on the order in which it was filled, but for that.
 *
 * <p>Mutable; belongs to one thread.
 */
public final class GroupBook {
    /** Groups told apart. */
    static final int MAX_GROUPS = 5_000;
    /** Transitions of one statement, class and path told apart. */
    static final int MAX_TRANSITIONS = 40;
    /** Samples kept of each group: those of the first exchanges. */
    static final int MAX_SAMPLES = 3;

    private static final String OTHER = "other";
    private static final String DERIVED = JudgedDifference.DERIVED;

    private final Map<Key, Group> groups = new HashMap<>();
    private final Map<Key, Integer> transitions = new HashMap<>();

    private record Key(
            String fingerprint, DifferenceClass type, String path, String transition, Attribution attribution) {
        Key withTransition(String other) {
            return new Key(fingerprint, type, path, other, attribution);
        }

        Key withoutPath() {
            return new Key(fingerprint, type, OTHER, OTHER, attribution);
        }
    }

    private record PlacedSample(ExchangeId exchange, int step, int row, Sample sample) {}

    private static final class Group {
        private static final Comparator<PlacedSample> FIRST = Comparator.<PlacedSample>comparingLong(
                        placed -> placed.exchange().session())
                .thenComparingLong(placed -> placed.exchange().ordinal())
                .thenComparingInt(PlacedSample::step)
                .thenComparingInt(PlacedSample::row)
                .thenComparing(placed -> placed.sample().before());

        private final Observation first;
        private String origin = "";
        private long count;
        private final TreeSet<PlacedSample> samples = new TreeSet<>(FIRST);

        Group(Observation first) {
            this.first = first;
        }

        void add(Observation observation) {
            count += observation.count();
            if (!observation.origin().isEmpty()
                    && (origin.isEmpty() || observation.origin().compareTo(origin) < 0)) {
                origin = observation.origin();
            }
        }

        void sample(PlacedSample sample) {
            samples.add(sample);
            if (samples.size() > MAX_SAMPLES) {
                samples.pollLast();
            }
        }
    }

    /** Counts an observation of an object. */
    public void add(Observation observation, String before, String after) {
        group(observation).sample(new PlacedSample(new ExchangeId(0, 0), 0, 0, new Sample("", "", before, after)));
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
        group(observation)
                .sample(new PlacedSample(
                        exchange, step, row, new Sample(exchange.toString(), shownRow, before, after)));
    }

    private Group group(Observation observation) {
        Key key = bounded(new Key(
                observation.fingerprint(),
                observation.type(),
                observation.path(),
                observation.transition(),
                observation.attribution()));
        Group group = groups.computeIfAbsent(key, any -> new Group(observation));
        group.add(observation);
        return group;
    }

    private Key bounded(Key key) {
        if (groups.containsKey(key)) {
            return key;
        }
        Key path = key.withTransition("");
        if (transitions.getOrDefault(path, 0) >= MAX_TRANSITIONS) {
            return key.withTransition(OTHER);
        }
        if (groups.size() >= MAX_GROUPS) {
            return key.withoutPath();
        }
        transitions.merge(path, 1, Integer::sum);
        return key;
    }

    /**
     * The groups, unexpected ones first, then by severity, then by the count of their cluster, then what is proven before what
     * is computed from it, then by their own count.
     *
     * @param compared how many comparisons an observation like this stands among, 0 if that is not known
     */
    public List<DifferenceGroup> groups(ToLongFunction<Observation> compared) {
        List<DifferenceGroup> result = new ArrayList<>(groups.size());
        groups.forEach((key, group) -> result.add(group(key, group, compared.applyAsLong(group.first))));
        Map<String, Long> clusters = new HashMap<>();
        result.forEach(group -> clusters.merge(group.cluster(), group.count(), Long::sum));
        result.sort(order(clusters));
        return result;
    }

    /** What has most dependants comes first: a cluster counts as a whole, and what is proven leads it. */
    private static Comparator<DifferenceGroup> order(Map<String, Long> clusters) {
        return Comparator.comparing(DifferenceGroup::disposition)
                .thenComparing(DifferenceGroup::severity)
                .thenComparing(group -> clusters.getOrDefault(group.cluster(), 0L), Comparator.reverseOrder())
                .thenComparing(DifferenceGroup::cluster)
                .thenComparing(
                        group -> group.origin().isEmpty() || group.origin().startsWith(DERIVED))
                .thenComparing(Comparator.comparingLong(DifferenceGroup::count).reversed())
                .thenComparing(DifferenceGroup::id);
    }

    private static DifferenceGroup group(Key key, Group group, long compared) {
        String id = "g_"
                + StableHash.of(
                        key.fingerprint(),
                        key.type().name(),
                        key.path(),
                        key.transition(),
                        key.attribution().name());
        String source = group.origin.startsWith(DERIVED) ? group.origin.substring(DERIVED.length()) : group.origin;
        String cluster = source.isEmpty() ? id.substring(2) : StableHash.of(source);
        return new DifferenceGroup(
                id,
                key.type(),
                key.path(),
                key.fingerprint(),
                group.first.sql(),
                key.attribution(),
                disposition(key),
                group.first.severity(),
                group.count,
                compared,
                key.transition(),
                group.samples.stream().map(PlacedSample::sample).toList(),
                "c_" + cluster,
                group.origin);
    }

    private static GroupDisposition disposition(Key key) {
        if (key.type().isUncovered() || key.attribution() == Attribution.UNKNOWN) {
            return GroupDisposition.UNCOVERED;
        }
        return switch (key.attribution()) {
            case MIGRATION, MIGRATION_WITHOUT_CONTROL, UNEXPLAINED -> GroupDisposition.UNEXPECTED;
            case NONDETERMINISTIC, CLOCK, VOLATILE, TIE, LIMIT, GENERATED, FLOAT_SUM, SETTING, ENVIRONMENT ->
                GroupDisposition.ATTRIBUTED;
            case UNKNOWN -> GroupDisposition.UNCOVERED;
        };
    }
}
