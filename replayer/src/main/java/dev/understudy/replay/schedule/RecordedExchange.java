package dev.understudy.replay.schedule;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Omission;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A whole recorded exchange, its parts and pieces joined.
 *
 * @param id session and ordinal
 * @param doneNo its number, -1 if it was not known yet when it had to be sent
 * @param sentAfter the counter when its first bytes were read
 * @param before the transaction status when it began
 * @param after the transaction status at its end, UNKNOWN if there was none
 * @param flags what else is known
 * @param request the client's frames; a view, never released
 * @param answer the server's frames, less the omissions; a view, never released
 * @param omissions what is missing from the answer
 * @param tags the CommandComplete tags
 * @param facts what the answer's frames say at a glance
 * @param startWallMicros when the client sent it
 * @param endWallMicros when it had been answered
 * @param answered whether its answer is known; if not, {@code answer} is empty
 */
public record RecordedExchange(
        ExchangeId id,
        long doneNo,
        long sentAfter,
        TransactionStatus before,
        TransactionStatus after,
        Set<ExchangeFlag> flags,
        ByteBuf request,
        ByteBuf answer,
        List<Omission> omissions,
        List<String> tags,
        AnswerFacts facts,
        long startWallMicros,
        long endWallMicros,
        boolean answered) {
    private static final int OVERHEAD_BYTES = 400;
    private static final Pattern LOCKING = Pattern.compile(
            "\\bfor\\s+(no\\s+key\\s+)?update\\b|\\bfor\\s+(key\\s+)?share\\b", Pattern.CASE_INSENSITIVE);

    /** What it takes of a memory budget, in bytes. */
    public int weight() {
        return OVERHEAD_BYTES + request.readableBytes() + answer.readableBytes();
    }

    /** The same, sent at another moment. */
    public RecordedExchange at(long otherSentAfter, long otherStartWallMicros) {
        return new RecordedExchange(
                id,
                doneNo,
                otherSentAfter,
                before,
                after,
                flags,
                request,
                answer,
                omissions,
                tags,
                facts,
                otherStartWallMicros,
                endWallMicros,
                answered);
    }

    /**
     * Whether it seems only to read: then, however long it took, it saw the data of its start. Its tags tell, and no
     * locking clause in the text where there is one; what calls functions may still write.
     */
    public boolean seemsToRead() {
        if (tags.isEmpty()) {
            return false;
        }
        for (String tag : tags) {
            boolean reads = tag.startsWith("SELECT ")
                    || tag.startsWith("FETCH ")
                    || (tag.startsWith("COPY ") && flags.contains(ExchangeFlag.COPY_OUT));
            if (!reads) {
                return false;
            }
        }
        return !LOCKING.matcher(request.toString(StandardCharsets.ISO_8859_1)).find();
    }

    /**
     * Whether all it did was to wait and to fail: a deadlock's victim, what ran into a timeout. On an arm that error is
     * raised at once, and when the locks were let go of which others got hold before it was answered is not known.
     */
    public boolean failedFromWaiting() {
        String sqlState = facts.sqlState();
        return tags.isEmpty() && sqlState != null && Treatment.WAITING.contains(sqlState);
    }

    /** Whether nothing in it could wait for a lock: only COMMIT and ROLLBACK, and no error. */
    public boolean isEnd() {
        if (tags.isEmpty() || facts.sqlState() != null) {
            return false;
        }
        for (String tag : tags) {
            if (!tag.equals("COMMIT") && !tag.equals("ROLLBACK")) {
                return false;
            }
        }
        return true;
    }
}
