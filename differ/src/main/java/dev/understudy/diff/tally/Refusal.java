package dev.understudy.diff.tally;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;

/**
 * What production refused since it came from waiting (a serialization failure, a deadlock's victim, a timeout), and the arms
 * were made to refuse. It answered nothing and left nothing behind, so there is nothing that could be compared; it says as
 * much of the migration as what was never sent.
 */
final class Refusal {
    private Refusal() {}

    /** Whether an exchange is one of these; not if anything of it had been answered or done before. */
    static boolean is(Outcome outcome) {
        if (outcome.disposition() != Disposition.FORCED) {
            return false;
        }
        boolean refused = false;
        for (FrameCursor frame = new FrameCursor(outcome.recorded()); frame.next(); ) {
            switch (frame.type()) {
                case BackendType.ERROR_RESPONSE -> refused = true;
                case BackendType.COMMAND_COMPLETE,
                        BackendType.DATA_ROW,
                        BackendType.PORTAL_SUSPENDED,
                        BackendType.FUNCTION_CALL_RESPONSE,
                        BackendType.COPY_IN_RESPONSE,
                        BackendType.COPY_OUT_RESPONSE,
                        BackendType.COPY_BOTH_RESPONSE -> {
                    return false;
                }
                default -> {}
            }
        }
        return refused && outcome.omissions().isEmpty();
    }
}
