package dev.understudy.trace.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run ends: the last entry of its control topic. A run without one was killed and is partial.
 *
 * @param run its name
 * @param wallMicros when it ended
 * @param complete whether the whole trace was gone through
 * @param exchanges exchanges that the trace accounts for: recorded, skipped, lost
 * @param dispositions how many ended in each class; their sum is {@code exchanges}
 * @param outcomes how many outcome records each partition got
 * @param warnings findings about the run as a whole, such as roles that an arm does not have, by a short term
 * @param moves exchanges whose place was moved because an arm waited
 * @param maxLagNanos the largest schedule lag
 * @param elapsedNanos how long the replay took
 * @param arms the arms' state afterwards
 * @param lag how late it sent, null where it does not tell
 */
public record RunEnd(
        String run,
        long wallMicros,
        boolean complete,
        long exchanges,
        Map<Disposition, Long> dispositions,
        List<Long> outcomes,
        Map<String, String> warnings,
        long moves,
        long maxLagNanos,
        long elapsedNanos,
        List<ArmState> arms,
        @Nullable LagSummary lag)
        implements ControlEntry {
    /** The end of a run that does not tell how late it sent. */
    public RunEnd(
            String run,
            long wallMicros,
            boolean complete,
            long exchanges,
            Map<Disposition, Long> dispositions,
            List<Long> outcomes,
            Map<String, String> warnings,
            long moves,
            long maxLagNanos,
            long elapsedNanos,
            List<ArmState> arms) {
        this(
                run,
                wallMicros,
                complete,
                exchanges,
                dispositions,
                outcomes,
                warnings,
                moves,
                maxLagNanos,
                elapsedNanos,
                arms,
                null);
    }
}
