package dev.understudy.replay.recorder;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.AnswerFacts;
import dev.understudy.replay.schedule.Place;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.entry.ExchangeId;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Exchanges as work, for tests of what is made of their requests. */
public final class Exchanges {
    private Exchanges() {}

    public static SessionInfo session(String user) {
        return new SessionInfo(1, 0, user, "shop", Map.of(), null);
    }

    /** An exchange of session 1 that ended with an error of this state; null for none. */
    public static Work.Run run(String user, ByteBuf request, ByteBuf answer, String sqlState, Treatment treatment) {
        RecordedExchange exchange = new RecordedExchange(
                new ExchangeId(1, 0),
                1,
                0,
                TransactionStatus.IDLE,
                TransactionStatus.IDLE,
                Set.of(),
                request,
                answer,
                List.of(),
                List.of(),
                new AnswerFacts(sqlState, false, 0),
                0,
                0,
                true);
        return new Work.Run(session(user), Place.FIRST, exchange, treatment);
    }
}
