package dev.understudy.replay.schedule;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Work without any content, for tests of order and pace. */
final class Works {
    private Works() {}

    static SessionInfo session(long number) {
        return new SessionInfo(number, 0, "app", "shop", Map.of(), null);
    }

    static RecordedExchange exchange(
            long session, long ordinal, long sentAfter, long doneNo, TransactionStatus after, String... tags) {
        return exchange(session, ordinal, sentAfter, doneNo, after, Unpooled.EMPTY_BUFFER, Set.of(), null, tags);
    }

    static RecordedExchange exchange(
            long session,
            long ordinal,
            long sentAfter,
            long doneNo,
            TransactionStatus after,
            ByteBuf request,
            Set<ExchangeFlag> flags,
            String sqlState,
            String... tags) {
        return new RecordedExchange(
                new ExchangeId(session, ordinal),
                doneNo,
                sentAfter,
                TransactionStatus.IDLE,
                after,
                flags,
                request,
                Unpooled.EMPTY_BUFFER,
                List.of(),
                List.of(tags),
                new AnswerFacts(sqlState, false, 0),
                sentAfter * 1000,
                doneNo * 1000,
                true);
    }

    static Work.Run run(RecordedExchange exchange, Place place) {
        return new Work.Run(session(exchange.id().session()), place, exchange, Treatment.SEND);
    }

    static Task task(Work work) {
        return new Task(work, Long.MIN_VALUE);
    }
}
