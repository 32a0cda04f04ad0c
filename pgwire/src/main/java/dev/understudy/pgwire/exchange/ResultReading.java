package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.message.RowDescription;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Reads what lies between a statement's start and its end: rows and COPY data. */
final class ResultReading {
    /** The frames of a result that Execute asked for. */
    private static final String EXECUTED = "DGHWdcCIsE";
    /** The frames of a simple query's result, which describes itself. */
    private static final String QUERIED = "TDGHWdcCIE";

    private final RequestFrames request;
    private final AnswerFrames answer;
    private final Answered answered;

    ResultReading(RequestFrames request, AnswerFrames answer, Answered answered) {
        this.request = request;
        this.answer = answer;
        this.answered = answered;
    }

    /** Reads a portal's result into the step up to the frame that ends it, which is answered and not consumed. */
    int execute(StepBuilder step) {
        return read(step, EXECUTED);
    }

    /**
     * Reads a simple query's result into the step up to the frame that ends it, which is answered and not consumed. A
     * second RowDescription ends it too: rules can make a statement answer with several results.
     */
    int query(StepBuilder step) {
        return read(step, QUERIED);
    }

    private int read(StepBuilder step, String fitting) {
        boolean copyBoth = false;
        for (; ; ) {
            int type = answer.seek(fitting);
            switch (type) {
                case BackendType.ROW_DESCRIPTION -> {
                    if (step.hasRows()) {
                        return type;
                    }
                    step.rows(rowDescription(answer));
                }
                case BackendType.DATA_ROW -> step.dataRow(answer.take());
                case BackendType.COPY_DATA -> {
                    ByteBuf data = answer.take();
                    if (!copyBoth) {
                        step.copyData(data);
                    }
                }
                case BackendType.COPY_IN_RESPONSE -> {
                    answer.drop();
                    answered.copyIn();
                    request.skipCopyIn();
                }
                case BackendType.COPY_BOTH_RESPONSE -> {
                    answer.drop();
                    copyBoth = true;
                    request.skipCopyIn();
                }
                case BackendType.COPY_OUT_RESPONSE, BackendType.COPY_DONE -> answer.drop();
                case BackendType.COMMAND_COMPLETE -> {
                    request.copySucceeded();
                    return type;
                }
                default -> {
                    return type;
                }
            }
        }
    }

    /** Consumes a RowDescription; one that cannot be read is counted and null. */
    static @Nullable RowDescription rowDescription(AnswerFrames answer) {
        try {
            return RowDescription.decode(answer.take());
        } catch (ProtocolException e) {
            answer.countUnexplained();
            return null;
        }
    }
}
