package dev.understudy.replay.target;

import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.RequestShape;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** One request on its way on one connection, until as many ReadyForQuery have come as its shape asks for. */
public final class Conversation {
    /** What the server's message means for what is to be sent. */
    enum Reaction {
        NONE,
        /** The answer's end. */
        END,
        /** The server waits for COPY data that the request does not bring; a simple query's COPY. */
        FAIL_COPY,
        /** The same for a COPY that came through Execute: the server then skips to the next Sync. */
        FAIL_COPY_AND_SYNC
    }

    private static final Pattern TO_LOGIN =
            Pattern.compile("\\bdiscard\\b|session(_|\\s+)authorization", Pattern.CASE_INSENSITIVE);

    private final ByteBuf request;
    private final RequestShape shape;
    private final AnswerCollector answer;
    private final Consumer<ArmResult> whenEnded;
    private int expectedReady;
    private int copies;
    private boolean failed;
    private TransactionStatus status = TransactionStatus.UNKNOWN;
    private long sentWallMicros;
    private long sentNanos;

    /**
     * A request to send.
     *
     * @param request whole frames of which the last makes the server answer ReadyForQuery; borrowed until the end
     * @param expected the answer that is compared with; borrowed until the end
     * @param comparable whether equality with it says anything
     * @param maxResult how much of an answer is kept, in bytes
     * @param whenEnded called once, on the connection's thread
     */
    public Conversation(
            ByteBuf request, ByteBuf expected, boolean comparable, int maxResult, Consumer<ArmResult> whenEnded) {
        this.request = request;
        this.shape = RequestShape.of(request);
        this.answer = new AnswerCollector(expected, comparable, maxResult);
        this.whenEnded = whenEnded;
        this.expectedReady = shape.makers();
    }

    /** Whether the request says by itself that it leads a session back to the login's role, as DISCARD ALL does. */
    boolean leadsToLogin() {
        return TO_LOGIN.matcher(request.toString(StandardCharsets.ISO_8859_1)).find();
    }

    ByteBuf request() {
        return request;
    }

    void sent(long wallMicros, long nanos) {
        sentWallMicros = wallMicros;
        sentNanos = nanos;
    }

    void append(ByteBuf bytes, int from, int length) {
        answer.append(bytes, from, length);
    }

    /** Takes note of a whole message; {@code lastByte} is its body's last byte, which is ReadyForQuery's status. */
    Reaction message(byte type, byte lastByte) {
        switch (type) {
            case BackendType.READY_FOR_QUERY -> {
                status = TransactionStatus.of(lastByte);
                expectedReady--;
                return expectedReady <= 0 ? Reaction.END : Reaction.NONE;
            }
            case BackendType.ERROR_RESPONSE -> failed = true;
            case BackendType.COPY_IN_RESPONSE -> {
                int copy = copies++;
                if (copy >= shape.copies()) {
                    return shape.lastStarterIsQuery() ? Reaction.FAIL_COPY : Reaction.FAIL_COPY_AND_SYNC;
                }
                expectedReady -= shape.swallowedBy(copy);
            }
            default -> {
                // the rest of an answer
            }
        }
        return Reaction.NONE;
    }

    void end(boolean brokenOff, long nowNanos) {
        whenEnded.accept(new ArmResult(
                answer.isSame() && !brokenOff,
                answer.frames(),
                answer.truncated(),
                sentWallMicros,
                nowNanos - sentNanos,
                brokenOff,
                failed,
                status));
    }
}
