package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.SessionSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkTest {
    private static final SessionInfo SESSION = Works.session(1);

    @Test
    void aSessionsBeginningAndEndHaveNoTransactionBehindThem() {
        Work open = new Work.Open(SESSION, Place.FIRST, 3, 4);
        Work close = new Work.Close(SESSION, Place.FIRST, 3, 4);

        assertThat(List.of(open, close)).allMatch(Work::endsTransaction).allMatch(Work::letsGo);
        assertThat(open.weight()).isPositive();
        assertThat(close.weight()).isPositive();
        assertThat(open.startWallMicros()).isEqualTo(4);
    }

    @Test
    void whatIsPutRightMayLeaveATransactionOpen() {
        SessionSnapshot snapshot =
                new SessionSnapshot(5, 1, 1, false, TransactionStatus.IN_TRANSACTION, Map.of(), Map.of(), List.of());
        Work restore = new Work.Restore(SESSION, Place.FIRST, 3, 4, snapshot);

        assertThat(restore.endsTransaction()).isFalse();
        assertThat(restore.letsGo()).isFalse();
        assertThat(restore.weight()).isPositive();
    }

    @Test
    void anExchangeEndsATransactionIfNoneIsOpenBehindIt() {
        assertThat(run(TransactionStatus.IDLE).endsTransaction()).isTrue();
        assertThat(run(TransactionStatus.IN_TRANSACTION).endsTransaction()).isFalse();
        assertThat(run(TransactionStatus.FAILED).endsTransaction()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ROLLBACK", "PREPARE TRANSACTION"})
    void whatEndsATransactionLetsGoEvenIfTheNextHasBegun(String tag) {
        assertThat(run(TransactionStatus.IN_TRANSACTION, "UPDATE 1", tag).letsGo())
                .isTrue();
    }

    @Test
    void aFailedTransactionMayHaveLetGoAndOneThatGoesOnHasNot() {
        assertThat(run(TransactionStatus.FAILED).letsGo()).isTrue();
        assertThat(run(TransactionStatus.IDLE, "UPDATE 1").letsGo()).isTrue();
        assertThat(run(TransactionStatus.IN_TRANSACTION, "UPDATE 1").letsGo()).isFalse();
    }

    @Test
    void anExchangesTimesAndWeightAreItsOwn() {
        Work.Run run = Works.run(Works.exchange(1, 0, 6, 8, TransactionStatus.IDLE), Place.FIRST);

        assertThat(run.sentAfter()).isEqualTo(6);
        assertThat(run.startWallMicros()).isEqualTo(6_000);
        assertThat(run.weight()).isEqualTo(run.exchange().weight());
    }

    private static Work.Run run(TransactionStatus after, String... tags) {
        return Works.run(Works.exchange(1, 0, 0, 1, after, tags), Place.FIRST);
    }
}
