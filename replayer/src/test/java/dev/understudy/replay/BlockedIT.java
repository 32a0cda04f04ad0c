package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replay.blocked.BlockedRule;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Statements that leave the database, on real servers: what they would do is not done, and all else is. */
class BlockedIT {
    private static final String SCHEMA = "CREATE TABLE t(id int, note text);"
            + "CREATE FUNCTION ring() RETURNS text LANGUAGE plpgsql AS $$ BEGIN"
            + " RETURN set_config('understudy.rang', pg_ls_dir('.', true, false)::text, false); END $$";

    @Test
    void theTransactionAroundGoesOnAndNothingLeaves() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient client = rehearsed.open()) {
            client.query("BEGIN");
            client.query("INSERT INTO t VALUES (1, 'a')");
            client.query("COPY t (id) FROM PROGRAM 'echo 2'");
            client.query("INSERT INTO t VALUES (3, 'c')");
            client.query("COMMIT");
            client.query("BEGIN; SELECT pg_stat_file('.'); INSERT INTO t VALUES (4, 'd'); COMMIT");
            client.run(frames().parse("s", "SELECT pg_ls_dir($1)").sync().bytes());
            client.run(frames().bind("s", ".").execute().sync().bytes());
            client.query("BEGIN");
            client.run(frames().bind("s", ".").execute().sync().bytes());
            client.query("INSERT INTO t VALUES (5, 'e')");
            client.query("DEALLOCATE s");
            client.query("COMMIT");
            client.query("SELECT ring() IS NULL");
            client.query("SELECT id FROM t WHERE id <> 2 ORDER BY id");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(reasons(result.outcomes()).subList(0, 14))
                .containsExactly(
                        "",
                        "",
                        "blocked: copy-program",
                        "",
                        "",
                        "blocked: server-file",
                        "blocked: server-file",
                        "blocked: server-file",
                        "",
                        "blocked: server-file",
                        "",
                        "",
                        "",
                        "blocked: server-file");
        assertThat(last(result).disposition())
                .as("rows of a table into which a blocked statement wrote")
                .isEqualTo(Disposition.TAINTED);
        assertThat(result.end().dispositions().get(Disposition.FILTERED)).isEqualTo(6);
        assertThat(result.end().warnings()).isEmpty();
        assertThat(ids(rehearsed)).isEqualTo("1,3,4,5");
    }

    @Test
    void aFailureIsAFailureThereToo() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient client = rehearsed.open()) {
            client.query("BEGIN");
            client.query("INSERT INTO t VALUES (1, 'a')");
            client.query("SELECT pg_read_file('/nowhere')");
            client.query("INSERT INTO t VALUES (2, 'b')");
            client.query("COMMIT");
            client.query("SELECT pg_read_file('/nowhere')");
            client.query("SELECT count(*) FROM t");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(reasons(result.outcomes()))
                .containsExactly("", "", "blocked: server-file", "", "", "blocked: server-file", "");
        assertThat(last(result).answers().get(0).sameAsRecorded()).isTrue();
        assertThat(ids(rehearsed)).isEqualTo("");
    }

    @Test
    void whatIsAllowedIsSent() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient client = rehearsed.open()) {
            client.query("COPY t (id) FROM PROGRAM 'echo 2'");
            client.query("SELECT id FROM t");
        }
        rehearsed.publish();

        Rehearsed.Result result = Rehearsed.replay(
                rehearsed.config().withScope(ReplayScope.WHOLE.withAllowed(Set.of(BlockedRule.COPY_PROGRAM))));

        assertThat(result.end().dispositions().get(Disposition.COMPARED)).isEqualTo(2);
        assertThat(ids(rehearsed)).isEqualTo("2");
    }

    private static List<String> reasons(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::reason).toList();
    }

    private static Outcome last(Rehearsed.Result result) {
        return result.outcomes().get(result.outcomes().size() - 1);
    }

    private static String ids(Rehearsed rehearsed) throws Exception {
        return LabServersQuery.text(
                rehearsed.copy, "SELECT coalesce(string_agg(id::text, ',' ORDER BY id), '') FROM t");
    }
}
