package dev.understudy.diff.source;

import dev.understudy.diff.summary.SummaryCodec;
import dev.understudy.diff.tally.OutcomeFold;
import dev.understudy.expect.Verdict;
import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunStart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names sums by all that changes them, so that a comparison in another way starts its own.
 *
 * @param run the run's name
 * @param digest of the run's start, the baseline, the format of what is kept, and the code that compares
 */
record SumsId(String run, String digest) {
    private static final int BYTES = 8;

    static SumsId of(RunStart start, boolean withControl) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            StringBuilder text = new StringBuilder()
                    .append(SummaryCodec.VERSION)
                    .append('\n')
                    .append(withControl ? Arm.CONTROL : Arm.RECORDED)
                    .append('\n')
                    .append(start.run())
                    .append('\n')
                    .append(start.wallMicros())
                    .append('\n')
                    .append(start.mode())
                    .append('\n');
            for (ArmState arm : start.arms()) {
                text.append(arm.arm()).append(' ').append(arm.address()).append('\n');
            }
            digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
            CodeDigest.add(digest, List.of(OutcomeFold.class, Outcome.class, Interpreter.class, Verdict.class));
            return new SumsId(start.run(), HexFormat.of().formatHex(digest.digest(), 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The consumer group of all that make these sums. */
    String group() {
        return "understudy.diff." + run + "." + digest;
    }

    /** Whoever writes a partition's sums: a second one takes over from the first. */
    String transactionalId(int partition) {
        return group() + "." + partition;
    }
}
