package dev.understudy.capture.recorder;

import dev.understudy.capture.session.ParameterStatus;
import dev.understudy.pgwire.frame.MessageWalker;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.ExchangeFlag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One exchange's answer as it comes in, cut anywhere: what of it is kept, and what the recorder must know of it.
 * Reusable; belongs to the lane's recorder thread.
 */
final class AnswerRecord {
    /** A command tag or parameter longer than this is not read (the bytes are kept all the same). */
    private static final int MAX_READ_BODY = 8 * 1024;

    private final ByteBuf kept = HeapBytes.buffer();
    private final ByteBuf body = HeapBytes.buffer();
    private final byte[] header = new byte[MessageWalker.HEADER_LENGTH];
    private final List<String> tags = new ArrayList<>();
    private final ResultLimit limit;

    private int headerBytes;
    private byte type;
    private int bodyLength;
    private int bodyRemaining;
    private boolean inBody;
    private boolean keeping;
    private boolean discarding;

    private int parts;
    private long keptLength;
    private long wireLength;
    private long firstNanos;
    private int flags;
    private TransactionStatus status = TransactionStatus.UNKNOWN;

    AnswerRecord(int maxResultBytes) {
        limit = new ResultLimit(maxResultBytes);
    }

    void reset() {
        HeapBytes.clear(kept);
        body.clear();
        tags.clear();
        limit.reset();
        headerBytes = 0;
        inBody = false;
        discarding = false;
        parts = 0;
        keptLength = 0;
        wireLength = 0;
        firstNanos = 0;
        flags = 0;
        status = TransactionStatus.UNKNOWN;
    }

    static boolean isOfResult(byte type) {
        return type == BackendType.DATA_ROW || type == BackendType.COPY_DATA;
    }

    /** Kept bytes in memory. */
    ByteBuf kept() {
        return kept;
    }

    /** Bytes of the answer so far, as they were on the wire. */
    long wireLength() {
        return wireLength;
    }

    int parts() {
        return parts;
    }

    int flags() {
        return flags;
    }

    TransactionStatus status() {
        return status;
    }

    /** The kept bytes have gone into so many parts. */
    void partsTaken(int count) {
        limit.leaves(kept);
        HeapBytes.clear(kept);
        parts += count;
    }

    /** Keeps nothing from here on; status and parameters are still followed. */
    void discard() {
        discarding = true;
        keeping = false;
        HeapBytes.clear(kept);
    }

    /**
     * The next bytes.
     *
     * @param in borrowed
     * @param parameters takes what ParameterStatus says
     */
    void feed(ByteBuf in, long nanos, Map<String, String> parameters) {
        if (wireLength == 0) {
            firstNanos = nanos;
        }
        int end = in.writerIndex();
        wireLength += end - in.readerIndex();
        for (int at = in.readerIndex(); at < end; ) {
            if (!inBody) {
                at = header(in, at, end);
            }
            if (inBody) {
                int piece = Math.min(bodyRemaining, end - at);
                bodyBytes(in, at, piece);
                at += piece;
                bodyRemaining -= piece;
                if (bodyRemaining == 0) {
                    frameEnds(parameters);
                }
            }
        }
    }

    private int header(ByteBuf in, int from, int end) {
        int piece = Math.min(header.length - headerBytes, end - from);
        in.getBytes(from, header, headerBytes, piece);
        headerBytes += piece;
        if (headerBytes == header.length) {
            type = header[0];
            bodyLength = (header[1] << 24 | (header[2] & 0xff) << 16 | (header[3] & 0xff) << 8 | header[4] & 0xff)
                    - Integer.BYTES;
            bodyRemaining = bodyLength;
            headerBytes = 0;
            inBody = true;
            frameBegins();
        }
        return from + piece;
    }

    private void frameBegins() {
        if (discarding) {
            keeping = false;
        } else if (isOfResult(type)) {
            keeping = limit.frameBegins(bodyLength, kept, keptLength);
        } else {
            keeping = true;
            if (type != BackendType.NOTICE_RESPONSE
                    && type != BackendType.NOTIFICATION_RESPONSE
                    && type != BackendType.PARAMETER_STATUS) {
                limit.resultEnds();
            }
        }
        if (keeping) {
            kept.writeBytes(header);
            keptLength += header.length;
        }
        body.clear();
        switch (type) {
            case BackendType.COPY_IN_RESPONSE -> flag(ExchangeFlag.COPY_IN);
            case BackendType.COPY_OUT_RESPONSE -> flag(ExchangeFlag.COPY_OUT);
            case BackendType.NOTIFICATION_RESPONSE -> flag(ExchangeFlag.ASYNC_INSIDE);
            default -> {}
        }
    }

    private void flag(ExchangeFlag flag) {
        flags |= 1 << flag.ordinal();
    }

    private void bodyBytes(ByteBuf in, int at, int piece) {
        if (keeping) {
            kept.writeBytes(in, at, piece);
            keptLength += piece;
        }
        if (isOfResult(type)) {
            limit.frameBody(in, at, piece);
        } else if (isRead(type) && body.readableBytes() + piece <= MAX_READ_BODY) {
            body.writeBytes(in, at, piece);
        }
    }

    private static boolean isRead(byte type) {
        return type == BackendType.COMMAND_COMPLETE
                || type == BackendType.READY_FOR_QUERY
                || type == BackendType.PARAMETER_STATUS;
    }

    private void frameEnds(Map<String, String> parameters) {
        inBody = false;
        if (isOfResult(type)) {
            limit.frameEnds();
            return;
        }
        if (body.readableBytes() != bodyLength || bodyLength == 0) {
            return;
        }
        switch (type) {
            case BackendType.COMMAND_COMPLETE -> tags.add(body.toString(0, bodyLength - 1, StandardCharsets.UTF_8));
            case BackendType.READY_FOR_QUERY -> status = TransactionStatus.of(body.getByte(0));
            case BackendType.PARAMETER_STATUS -> ParameterStatus.read(body, parameters);
            default -> {}
        }
    }

    /** The answer as it ended. */
    Answer toAnswer(long endNanos) {
        limit.resultEnds();
        if (!limit.omissions().isEmpty()) {
            flag(ExchangeFlag.DIGESTED);
        }
        return new Answer(
                parts == 0 ? kept : Unpooled.EMPTY_BUFFER,
                parts,
                limit.omissions(),
                tags,
                status,
                firstNanos,
                endNanos);
    }
}
