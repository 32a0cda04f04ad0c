package dev.understudy.replay.isolation;

import static dev.understudy.replay.recorder.Frames.frames;
import static dev.understudy.replay.recorder.Frames.simple;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsolationRequestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "BEGIN",
                "BEGIN ISOLATION LEVEL REPEATABLE READ",
                "SET default_transaction_isolation = 'read committed'",
                "SELECT 'isolation level serializable'",
                "SELECT serializable FROM t -- isolation level serializable",
                "INSERT INTO modes VALUES ('serializable')",
                "INSERT INTO modes VALUES ('default_transaction_isolation', 'serializable')",
                "SELECT set_config('app.mode', 'serializable', false)",
                "SELECT set_config('app.mode', 'serializable', false) FROM current_setting('x')",
                "SET app.mode = 'serializable'",
                "SET default_transaction_isolation TO DEFAULT; SET app.mode TO serializable",
                "SELECT 'SET transaction_isolation = serializable'",
                "SELECT e'serializable', transaction_isolation",
                "DO $$ BEGIN RAISE 'serializable'; END $$",
                "serializabl",
                "serializable"
            })
    void whatAsksForNoSuchLevelIsTheSameBuffer(String sql) {
        assertThat(IsolationRequest.of(simple(sql))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BEGIN ISOLATION LEVEL SERIALIZABLE | BEGIN ISOLATION LEVEL REPEATABLE READ",
                "begin transaction isolation /* ! */ level serializable read only, deferrable"
                        + "| begin transaction isolation /* ! */ level REPEATABLE READ read only, deferrable",
                "START TRANSACTION READ WRITE, ISOLATION LEVEL Serializable"
                        + "| START TRANSACTION READ WRITE, ISOLATION LEVEL REPEATABLE READ",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 'serializable'"
                        + "| SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT 'serializable'",
                "SELECT 1; SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE ; "
                        + "| SELECT 1; SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ ; ",
                "SET default_transaction_isolation = 'serializable' | SET default_transaction_isolation = 'repeatable read'",
                "SET default_transaction_isolation TO 'SERIALIZABLE' | SET default_transaction_isolation TO 'repeatable read'",
                "SET LOCAL transaction_isolation to serializable | SET LOCAL transaction_isolation to 'repeatable read'",
                "SET \"transaction_isolation\" = \"serializable\" | SET \"transaction_isolation\" = 'repeatable read'",
                "SELECT set_config('default_transaction_isolation', 'serializable', false)"
                        + "| SELECT set_config('default_transaction_isolation', 'repeatable read', false)",
                "UPDATE pg_settings SET setting = 'serializable' WHERE name = 'default_transaction_isolation'"
                        + "| UPDATE pg_settings SET setting = 'repeatable read' WHERE name = 'default_transaction_isolation'",
                "SELECT current_setting('transaction_isolation') = 'serializable'"
                        + "| SELECT current_setting('transaction_isolation') = 'repeatable read'",
                "ALTER ROLE app SET default_transaction_isolation = serializable"
                        + "| ALTER ROLE app SET default_transaction_isolation = 'repeatable read'",
                "ALTER DATABASE shop SET default_transaction_isolation TO 'serializable'"
                        + "| ALTER DATABASE shop SET default_transaction_isolation TO 'repeatable read'",
                "DO $x$ BEGIN COMMIT; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; END $x$"
                        + "| DO $x$ BEGIN COMMIT; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; END $x$",
                "DO 'BEGIN SET LOCAL transaction_isolation = ''serializable''; END'"
                        + "| DO 'BEGIN SET LOCAL transaction_isolation = ''repeatable read''; END'",
                "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SET transaction_isolation = serializable'; END $$"
                        + "| CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN EXECUTE"
                        + " 'SET transaction_isolation = ''repeatable read'''; END $$",
                "PREPARE TRANSACTION 'x'; BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 'ü'; START TRANSACTION ISOLATION LEVEL SERIALIZABLE"
                        + "| PREPARE TRANSACTION 'x'; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 'ü';"
                        + " START TRANSACTION ISOLATION LEVEL REPEATABLE READ"
            })
    void aLevelIsAskedForThatStandsForIt(String sql, String expected) {
        assertThat(IsolationRequest.of(simple(sql))).isEqualTo(simple(expected));
        assertThat(IsolationRequest.of(frames().parse("s", sql, 23).sync().bytes()))
                .isEqualTo(frames().parse("s", expected, 23).sync().bytes());
    }

    @Test
    void whatStandsAroundAStatementStays() {
        ByteBuf request = frames().extended("SELECT $1", "serializable")
                .parse("begin", "BEGIN ISOLATION LEVEL SERIALIZABLE")
                .bind("begin")
                .execute()
                .extended("SELECT 2")
                .sync()
                .bytes();

        assertThat(IsolationRequest.of(request))
                .isEqualTo(frames().extended("SELECT $1", "serializable")
                        .parse("begin", "BEGIN ISOLATION LEVEL REPEATABLE READ")
                        .bind("begin")
                        .execute()
                        .extended("SELECT 2")
                        .sync()
                        .bytes());
    }

    @Test
    void aViewOfABufferIsReadFromItsBeginning() {
        ByteBuf both = frames().query("SELECT 1")
                .query("BEGIN ISOLATION LEVEL SERIALIZABLE")
                .bytes();
        both.skipBytes(simple("SELECT 1").readableBytes());

        assertThat(IsolationRequest.of(both)).isEqualTo(simple("BEGIN ISOLATION LEVEL REPEATABLE READ"));
    }

    @Test
    void whatIsBoundIsAskedForTooWhereItsTextNamesTheSetting() {
        String named = "SELECT set_config('transaction_isolation', $1, $2::bool)";
        String bound = "SELECT set_config($1, $2, false)";

        assertThat(IsolationRequest.of(
                        frames().extended(named, "Serializable", "true").sync().bytes()))
                .isEqualTo(frames().extended(named, "repeatable read", "true")
                        .sync()
                        .bytes());
        assertThat(IsolationRequest.of(frames().extended(bound, "default_transaction_isolation", "serializable")
                        .sync()
                        .bytes()))
                .isEqualTo(frames().extended(bound, "default_transaction_isolation", "repeatable read")
                        .sync()
                        .bytes());
        assertThat(IsolationRequest.of(frames().extended(bound, "app.mode", "serializable")
                        .sync()
                        .bytes()))
                .isNull();
        assertThat(IsolationRequest.of(
                        frames().extended("INSERT INTO modes VALUES ($1, $2)", "transaction_isolation", "serializable")
                                .sync()
                                .bytes()))
                .isNull();
    }
}
