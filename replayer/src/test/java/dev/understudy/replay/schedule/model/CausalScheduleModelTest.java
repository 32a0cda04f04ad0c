package dev.understudy.replay.schedule.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replay.schedule.CausalSchedule;
import dev.understudy.replay.schedule.Footprints;
import dev.understudy.replay.schedule.Pipelining;
import dev.understudy.replay.schedule.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random contended histories, replayed on two arms: no standstill, every proven order, and arms that agree. */
class CausalScheduleModelTest {
    private static final int HISTORIES = Integer.getInteger("causal.histories", 150);
    private static final long SEED = Long.getLong("causal.seed", 1);
    /**
     * Percent of statements in whose place a row is removed and made again. None as a rule: with them, orders are broken and
     * standstills come about yet, where an arm has a trigger or strangers lock rows above all.
     */
    private static final int REMADE = Integer.getInteger("causal.remade", 0);

    private static final double MOST_DISAGREEMENTS = 0.001;
    /** Rows here are far hotter than those of real loads. */
    private static final double MOST_MOVES = 0.01;

    private enum Arms {
        /** Both as production was. */
        ALIKE,
        /** The candidate locks a row more with every drawing of a number, and that is known. */
        TRIGGER_THAT_IS_KNOWN,
        /** The same, and nobody knows. */
        TRIGGER_THAT_IS_HIDDEN,
        /** Somebody who is no session of the trace locks rows, on one arm or on both: then the arms may disagree. */
        STRANGERS
    }

    @ParameterizedTest
    @EnumSource
    void noStandstillEveryProvenOrderAndArmsThatAgree(Arms arms, TestReporter reporter) {
        for (int pipelined : List.of(1, 4)) {
            Findings findings = play(arms, new Pipelining(pipelined, 1 << 20), SEED + pipelined);
            reporter.publishEntry(arms.name(), findings.toString());

            assertThat(findings.stalls).as("%s: %s", arms, findings).isZero();
            assertThat(findings.broken).as("%s: %s", arms, findings).isEmpty();
            if (arms != Arms.STRANGERS) {
                assertThat(findings.disagreements).as("%s: %s", arms, findings).isLessThanOrEqualTo((long)
                        (MOST_DISAGREEMENTS * findings.exchanges));
            }
            if (arms == Arms.ALIKE) {
                assertThat(findings.moved).as("%s: %s", arms, findings).isLessThanOrEqualTo((long)
                        (MOST_MOVES * findings.exchanges));
            }
        }
    }

    private static Findings play(Arms arms, Pipelining pipelining, long allSeed) {
        boolean trigger = arms == Arms.TRIGGER_THAT_IS_KNOWN || arms == Arms.TRIGGER_THAT_IS_HIDDEN;
        Random random = new Random(allSeed);
        Findings findings = new Findings();
        for (int i = 0; i < HISTORIES; i++) {
            Traffic traffic = new Traffic(
                    2 + random.nextInt(9),
                    3 + random.nextInt(12),
                    1 + random.nextInt(12),
                    random.nextInt(2) * random.nextInt(60),
                    random.nextInt(2) * random.nextInt(20),
                    // the trigger's row would deadlock with others that are locked in any order
                    trigger || random.nextBoolean() ? 100 : random.nextInt(100),
                    REMADE,
                    random.nextInt(101));
            long seed = random.nextLong();
            int pace = random.nextInt(3) == 0 ? 50 + random.nextInt(100) : 0;
            List<Op> history = Production.record(traffic, seed);
            Map<Long, Op> byNumber = new HashMap<>();
            history.forEach(op -> byNumber.put(op.doneNo, op));
            Footprints footprints =
                    run -> byNumber.get(run.exchange().doneNo()).touches(arms == Arms.TRIGGER_THAT_IS_KNOWN);
            List<Work.Run> works = Production.works(history, true);
            TwoArms replay = new TwoArms(new CausalSchedule(pipelining, pace > 0, footprints), traffic, trigger, seed);
            if (arms == Arms.STRANGERS) {
                replay.letStrangersIn(traffic.rows(), 3_000);
            }
            findings.histories++;
            if (replay.play(history, works, 1 + random.nextInt(100), pace)) {
                findings.add(replay, history);
            } else {
                findings.stalls++;
            }
        }
        return findings;
    }
}
