package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.ExchangeFlag;
import io.netty.buffer.Unpooled;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StandstillTest {
    @Test
    void whoWaitsForItselfThroughOthersIsInACircle() {
        assertThat(Standstill.circle("a", waits(Map.of("a", List.of("b"), "b", List.of("c", "a")))))
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void whoWaitsForACircleIsNotInIt() {
        assertThat(Standstill.circle("d", waits(Map.of("a", List.of("b"), "b", List.of("a"), "d", List.of("a")))))
                .isEmpty();
    }

    @Test
    void nothingIsWrittenWhereNothingIsLeft() {
        assertThat(Standstill.canBeWrittenBehind(work(null, Set.of(), "UPDATE 1"), List.of()))
                .isFalse();
    }

    @Test
    void aTransactionsRestCanBeWrittenBehindAStatementEvenIfThatFailed() {
        Work rollback = work(null, Set.of(), "ROLLBACK");

        assertThat(Standstill.canBeWrittenBehind(work(null, Set.of(), "UPDATE 1"), List.of(rollback)))
                .isTrue();
        assertThat(Standstill.canBeWrittenBehind(work("23505", Set.of()), List.of(rollback)))
                .isTrue();
    }

    @Test
    void nothingIsWrittenIntoACopyNorBehindWhatMayChangeTheRole() {
        Work commit = work(null, Set.of(), "COMMIT");

        assertThat(Standstill.canBeWrittenBehind(work(null, Set.of(ExchangeFlag.COPY_IN), "COPY 1"), List.of(commit)))
                .isFalse();
        assertThat(Standstill.canBeWrittenBehind(work("23505", Set.of(ExchangeFlag.COPY_IN)), List.of(commit)))
                .isFalse();
        assertThat(Standstill.canBeWrittenBehind(work(null, Set.of(), "SET"), List.of(commit)))
                .isFalse();
    }

    @Test
    void anErrorThatIsForcedEndsWhatIsWritten() {
        RecordedExchange exchange = Works.exchange(
                1, 1, 1, 2, TransactionStatus.FAILED, Unpooled.EMPTY_BUFFER, Set.of(), "40P01", new String[0]);
        Work forced = new Work.Run(Works.session(1), Place.FIRST, exchange, new Treatment.Force("40P01"));
        Work waiting = work(null, Set.of(), "UPDATE 1");

        assertThat(Standstill.canBeWrittenBehind(waiting, List.of(forced))).isTrue();
        assertThat(Standstill.canBeWrittenBehind(waiting, List.of(forced, work(null, Set.of(), "ROLLBACK"))))
                .isFalse();
    }

    private static Function<String, Collection<String>> waits(Map<String, List<String>> waits) {
        return waiter -> waits.getOrDefault(waiter, List.of());
    }

    private static Work work(String sqlState, Set<ExchangeFlag> flags, String... tags) {
        return Works.run(
                Works.exchange(
                        1, 0, 0, 1, TransactionStatus.IN_TRANSACTION, Unpooled.EMPTY_BUFFER, flags, sqlState, tags),
                Place.FIRST);
    }
}
