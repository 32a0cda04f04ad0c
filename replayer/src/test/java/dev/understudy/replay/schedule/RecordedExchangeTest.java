package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.trace.entry.ExchangeFlag;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedExchangeTest {
    @ParameterizedTest
    @ValueSource(strings = {"SELECT 3", "FETCH 1"})
    void whatReturnsRowsSeemsToRead(String tag) {
        assertThat(exchange("SELECT 1", Set.of(), null, tag).seemsToRead()).isTrue();
        assertThat(exchange("SELECT 1", Set.of(), null, tag, tag).seemsToRead()).isTrue();
    }

    @Test
    void oneWriteAmongReadsWrites() {
        assertThat(exchange("SELECT 1; DELETE FROM t", Set.of(), null, "SELECT 1", "DELETE 1")
                        .seemsToRead())
                .isFalse();
        assertThat(exchange("SELECT 1", Set.of(), null).seemsToRead())
                .as("nothing is known without a tag")
                .isFalse();
    }

    @Test
    void aCopyReadsIfItGoesOut() {
        assertThat(exchange("COPY t TO STDOUT", Set.of(ExchangeFlag.COPY_OUT), null, "COPY 4")
                        .seemsToRead())
                .isTrue();
        assertThat(exchange("COPY t FROM STDIN", Set.of(ExchangeFlag.COPY_IN), null, "COPY 4")
                        .seemsToRead())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"for update", "FOR NO KEY UPDATE", "for share", "For Key  Share"})
    void aLockingClauseIsNoRead(String clause) {
        assertThat(exchange("SELECT * FROM t " + clause, Set.of(), null, "SELECT 1")
                        .seemsToRead())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"40P01,true", "40001,true", "55P03,true", "57014,true", "23505,false"})
    void onlyErrorsFromWaitingFailedFromIt(String sqlState, boolean fromWaiting) {
        assertThat(exchange("UPDATE t", Set.of(), sqlState).failedFromWaiting()).isEqualTo(fromWaiting);
        assertThat(exchange("UPDATE t", Set.of(), sqlState, "UPDATE 1").failedFromWaiting())
                .as("something had been done before it")
                .isFalse();
    }

    @Test
    void whatSucceededDidNotFailFromWaiting() {
        assertThat(exchange("BEGIN", Set.of(), null).failedFromWaiting()).isFalse();
    }

    @Test
    void onlyCommitAndRollbackAreAnEnd() {
        assertThat(exchange("COMMIT", Set.of(), null, "COMMIT").isEnd()).isTrue();
        assertThat(exchange("ROLLBACK", Set.of(), null, "ROLLBACK").isEnd()).isTrue();
        assertThat(exchange("COMMIT; ROLLBACK", Set.of(), null, "COMMIT", "ROLLBACK")
                        .isEnd())
                .isTrue();
        assertThat(exchange("UPDATE t; COMMIT", Set.of(), null, "UPDATE 1", "COMMIT")
                        .isEnd())
                .as("the update could wait")
                .isFalse();
        assertThat(exchange("COMMIT", Set.of(), "40001", "COMMIT").isEnd()).isFalse();
        assertThat(exchange("", Set.of(), null).isEnd()).isFalse();
    }

    @Test
    void itWeighsItsBytesAndSomeMore() {
        int none = Works.exchange(1, 0, 0, 1, TransactionStatus.IDLE).weight();
        RecordedExchange plain = exchange("SELECT 1", Set.of(), null);
        int request = plain.request().readableBytes();

        assertThat(none).isEqualTo(400);
        assertThat(plain.weight()).isEqualTo(none + request);
        assertThat(answered(plain).weight()).isEqualTo(none + 2 * request);
    }

    @Test
    void atAnotherMomentItIsTheSame() {
        RecordedExchange plain = exchange("SELECT 1", Set.of(ExchangeFlag.COPY_OUT), "40001", "SELECT 1");

        RecordedExchange moved = plain.at(77, 88);

        assertThat(moved.sentAfter()).isEqualTo(77);
        assertThat(moved.startWallMicros()).isEqualTo(88);
        assertThat(moved.at(plain.sentAfter(), plain.startWallMicros())).isEqualTo(plain);
    }

    private static RecordedExchange answered(RecordedExchange plain) {
        return new RecordedExchange(
                plain.id(),
                plain.doneNo(),
                plain.sentAfter(),
                plain.before(),
                plain.after(),
                plain.flags(),
                plain.request(),
                plain.request(),
                plain.omissions(),
                plain.tags(),
                plain.facts(),
                plain.startWallMicros(),
                plain.endWallMicros(),
                true);
    }

    private static RecordedExchange exchange(String sql, Set<ExchangeFlag> flags, String sqlState, String... tags) {
        return Works.exchange(1, 0, 0, 1, TransactionStatus.IDLE, Frames.simple(sql), flags, sqlState, tags);
    }
}
