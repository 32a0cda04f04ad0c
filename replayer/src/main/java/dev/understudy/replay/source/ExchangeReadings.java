package dev.understudy.replay.source;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of exchanges from their content, each session's fed in their order. Belongs to the reading thread.
 *
 * @param footprints tells what they touch; null where nobody asks
 * @param generated tells which generated values they use and bring; null where that is not known
 */
public record ExchangeReadings(
        @Nullable ExchangeFootprints footprints, @Nullable GeneratedReader generated) {
    /** Tells nothing. */
    public static final ExchangeReadings NONE = new ExchangeReadings(null, null);

    Work.Run run(SessionInfo session, Place place, RecordedExchange exchange, Treatment treatment) {
        List<Touch> touches = footprints == null ? Work.ANYTHING : footprints.of(session, exchange);
        Generated values = generated == null
                ? Generated.NONE
                : generated.read(
                        session.session(),
                        exchange.request(),
                        exchange.answer(),
                        exchange.omissions().isEmpty());
        return new Work.Run(session, place, exchange, treatment, touches, values);
    }

    void begin(SessionSnapshot snapshot) {
        if (footprints != null) {
            footprints.begin(snapshot.session(), snapshot.statements().values());
        }
        if (generated != null) {
            generated.begin(snapshot.session(), snapshot.statements().values());
        }
    }

    void end(long session) {
        if (footprints != null) {
            footprints.end(session);
        }
        if (generated != null) {
            generated.end(session);
        }
    }
}
