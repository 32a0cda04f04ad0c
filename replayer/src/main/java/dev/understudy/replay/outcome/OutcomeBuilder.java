package dev.understudy.replay.outcome;

import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.KnownStatement;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes outcomes that speak for themselves. Fed each session's exchanges in order; belongs to one thread. */
final class OutcomeBuilder {
    private final int maxBytes;
    private final Map<Long, SessionBooks> books = new HashMap<>();

    OutcomeBuilder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    Outcome build(Finished finished) {
        RecordedExchange exchange = finished.exchange();
        SessionBooks.Used used = books.computeIfAbsent(finished.session().session(), session -> new SessionBooks())
                .advance(exchange, finished.answers());
        List<KnownStatement> known = used.known();
        boolean fits = bytes(finished, known) <= maxBytes;
        Ending ending = ending(finished, used, fits);
        return new Outcome(
                exchange.id(),
                exchange.doneNo(),
                finished.session().application(),
                finished.session().user(),
                ending.disposition(),
                ending.reason(),
                exchange.flags(),
                exchange.before(),
                exchange.after(),
                exchange.startWallMicros(),
                exchange.endWallMicros(),
                finished.lagNanos(),
                finished.moved(),
                fits ? known : List.of(),
                fits ? exchange.request() : head(exchange.request()),
                fits ? exchange.answer() : head(exchange.answer()),
                fits ? exchange.omissions() : List.of(),
                fits
                        ? finished.answers()
                        : finished.answers().stream().map(this::cut).toList());
    }

    private record Ending(Disposition disposition, String reason) {}

    /** The class as the director saw it, unless what is known here speaks against a comparison. */
    private static Ending ending(Finished finished, SessionBooks.Used used, boolean fits) {
        if (finished.disposition() != Disposition.COMPARED) {
            return new Ending(finished.disposition(), finished.reason());
        }
        if (used.missingOnArm()) {
            return new Ending(Disposition.TAINTED, "statement-not-prepared");
        }
        return fits
                ? new Ending(Disposition.COMPARED, finished.reason())
                : new Ending(Disposition.NOT_COMPARABLE, "outcome-too-large");
    }

    void end(long session) {
        books.remove(session);
    }

    private static long bytes(Finished finished, List<KnownStatement> known) {
        long bytes = finished.exchange().weight();
        for (ArmAnswer answer : finished.answers()) {
            bytes += answer.frames().readableBytes();
        }
        for (KnownStatement statement : known) {
            ByteBuf bind = statement.bind();
            bytes += 3L * statement.sql().length() + (bind == null ? 0 : bind.readableBytes());
        }
        return bytes;
    }

    private ArmAnswer cut(ArmAnswer answer) {
        ByteBuf head = head(answer.frames());
        return new ArmAnswer(
                answer.arm(),
                false,
                answer.sameAsRecorded() ? Unpooled.EMPTY_BUFFER : head,
                answer.truncated() + answer.frames().readableBytes() - head.readableBytes(),
                answer.sentWallMicros(),
                answer.latencyNanos(),
                answer.brokenOff());
    }

    private ByteBuf head(ByteBuf bytes) {
        return bytes.slice(bytes.readerIndex(), Math.min(bytes.readableBytes(), maxBytes / 8));
    }
}
