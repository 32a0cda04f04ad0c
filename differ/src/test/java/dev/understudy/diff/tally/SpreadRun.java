package dev.understudy.diff.tally;

import dev.understudy.diff.kit.RandomOutcomes;
import dev.understudy.diff.report.JsonReport;
import dev.understudy.diff.summary.SummaryCodec;
import dev.understudy.diff.verdict.Assessment;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunFacts;
import dev.understudy.trace.run.RunStart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One run's outcomes, and what is said of them: folded in one go, or spread over partitions whose processes die. */
final class SpreadRun {
    /** So tight that each is reached. */
    static final Bounds TIGHT = new Bounds(12, 3, 4, 700, 2, 3, 5, 6, 9);

    private static final int SESSIONS = 8;
    private static final int EXCHANGES = 25;
    private static final RunStart START = RandomOutcomes.start("r1", 1);

    private final Bounds bounds;
    private final RandomOutcomes outcomes;
    private final Random random;

    SpreadRun(long seed, Bounds bounds) {
        this.bounds = bounds;
        this.outcomes = new RandomOutcomes(seed, 20);
        this.random = new Random(seed);
    }

    /** What is said where one process folded all. */
    String whole() {
        return report(RunTally.of(bounds, List.of(folded())));
    }

    /** All in one tally. */
    PartitionTally folded() {
        PartitionTally one = new PartitionTally(bounds);
        OutcomeFold fold = OutcomeFold.of(START, true);
        for (int session = 0; session < SESSIONS; session++) {
            for (int ordinal = 0; ordinal < EXCHANGES; ordinal++) {
                fold.add(outcomes.outcome(session, ordinal), one);
            }
        }
        return one;
    }

    /** What is said where they were spread, kept, restored and merged by chance. */
    String spread() {
        return report(merged(bounds, partitions(outcomes, bounds, random), random));
    }

    /** The sessions over a random number of partitions, their exchanges interleaved, kept and restored now and then. */
    private static List<PartitionTally> partitions(RandomOutcomes outcomes, Bounds bounds, Random random) {
        int partitions = 1 + random.nextInt(4);
        List<PartitionTally> tallies = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Kept kept = new Kept(bounds);
            int[] next = new int[SESSIONS];
            List<Integer> order = new ArrayList<>();
            for (int session = partition; session < SESSIONS; session += partitions) {
                order.addAll(Collections.nCopies(EXCHANGES, session));
            }
            Collections.shuffle(order, random);
            for (int session : order) {
                kept.add(outcomes.outcome(session, next[session]++));
                if (random.nextInt(20) == 0) {
                    kept.keep();
                }
                if (random.nextInt(40) == 0) {
                    kept.keep();
                    kept.die();
                }
            }
            tallies.add(kept.tally);
        }
        return tallies;
    }

    private static RunTally merged(Bounds bounds, List<PartitionTally> tallies, Random random) {
        List<PartitionTally> left = new ArrayList<>(tallies);
        while (left.size() > 1 && random.nextInt(3) > 0) {
            PartitionTally a = left.remove(random.nextInt(left.size()));
            PartitionTally b = left.remove(random.nextInt(left.size()));
            a.add(b);
            left.add(a);
        }
        Collections.shuffle(left, random);
        return RunTally.of(bounds, left);
    }

    private static String report(RunTally tally) {
        OutcomeGaps gaps = OutcomeGaps.NONE;
        String json = new JsonReport().write(new Assessment(RunFacts.of(START, null), true, tally).report(gaps));
        return json + tally.errors() + tally.blindPaths() + columns(tally);
    }

    private static List<ColumnCounts> columns(RunTally tally) {
        List<ColumnCounts> counts = new ArrayList<>();
        for (int table = 16_400; table <= 16_401; table++) {
            for (int column = 1; column <= 4; column++) {
                counts.add(tally.coverage().columns().counts(table, column));
            }
        }
        return counts;
    }

    /** A tally beside the records of it that were kept. */
    private static final class Kept {
        private final Bounds bounds;
        private final OutcomeFold fold = OutcomeFold.of(START, true);
        private final Map<String, byte[]> records = new LinkedHashMap<>();
        private PartitionTally tally;

        Kept(Bounds bounds) {
            this.bounds = bounds;
            this.tally = new PartitionTally(bounds);
        }

        void add(Outcome outcome) {
            fold.add(outcome, tally);
        }

        void keep() {
            tally.takeChanges(
                    piece -> records.put(key(piece.name()), SummaryCodec.writeValue(piece)),
                    name -> records.remove(key(name)));
        }

        void die() {
            List<TallyEntry> pieces = new ArrayList<>();
            records.forEach((key, value) -> {
                SummaryCodec.Key read = SummaryCodec.readKey(key.getBytes(StandardCharsets.UTF_8));
                pieces.add(SummaryCodec.readValue(read.name().kind(), value));
            });
            tally = PartitionTally.restore(bounds, pieces);
        }

        private static String key(TallyEntry.Name name) {
            byte[] key = SummaryCodec.writeKey(new SummaryCodec.Key("d1", 0, name));
            return new String(key, StandardCharsets.UTF_8);
        }
    }
}
