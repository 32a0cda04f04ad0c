package dev.understudy.replay.source;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.pgwire.exchange.StatementBook;
import dev.understudy.replay.footprint.ExchangeFootprints;
import dev.understudy.replay.generated.Generated;
import dev.understudy.replay.generated.GeneratedReader;
import dev.understudy.replay.schedule.Place;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.schedule.Touch;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.entry.SessionSnapshot;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of exchanges from their content, each session's fed in their order. An exchange is interpreted once for all
 * who ask, and not at all where nobody does. Belongs to the reading thread.
 */
public final class ExchangeReadings {
    private final @Nullable ExchangeFootprints footprints;
    private final @Nullable GeneratedReader generated;
    private final Map<Long, StatementBook> books = new HashMap<>();

    /**
     * Readings of one trace.
     *
     * @param footprints tells what exchanges touch; null where nobody asks
     * @param generated tells which generated values they use and bring; null where that is not known
     */
    public ExchangeReadings(@Nullable ExchangeFootprints footprints, @Nullable GeneratedReader generated) {
        this.footprints = footprints;
        this.generated = generated;
    }

    /** Tells nothing. */
    public static ExchangeReadings none() {
        return new ExchangeReadings(null, null);
    }

    Work.Run run(SessionInfo session, Place place, RecordedExchange exchange, Treatment treatment) {
        long id = session.session();
        GeneratedReader values = generated != null && generated.concerns(id, exchange.request()) ? generated : null;
        if (footprints == null && values == null) {
            return new Work.Run(session, place, exchange, treatment);
        }
        Interpretation read = Interpreter.interpret(exchange.request(), exchange.answer(), book(id));
        List<Touch> touches = footprints == null ? Work.ANYTHING : footprints.of(session, exchange, read);
        Generated found = values == null
                ? Generated.NONE
                : values.read(id, exchange.request(), read, exchange.omissions().isEmpty());
        return new Work.Run(session, place, exchange, treatment, touches, found, footprints == null ? null : read);
    }

    private StatementBook book(long session) {
        return books.computeIfAbsent(session, id -> new StatementBook());
    }

    void begin(SessionSnapshot snapshot) {
        for (ByteBuf parse : snapshot.statements().values()) {
            boolean concerned = generated != null && generated.concerns(snapshot.session(), parse);
            if (footprints != null || concerned) {
                book(snapshot.session()).prepared(parse);
            }
        }
    }

    void end(long session) {
        books.remove(session);
        if (footprints != null) {
            footprints.end(session);
        }
        if (generated != null) {
            generated.end(session);
        }
    }
}
