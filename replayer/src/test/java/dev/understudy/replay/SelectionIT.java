package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.sql.Fingerprint;
import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.replay.selection.Filter;
import dev.understudy.replay.selection.Selection;
import dev.understudy.replay.selection.Share;
import dev.understudy.trace.entry.Cut;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Parts of a trace, on real servers. */
class SelectionIT {
    @Test
    void aWindowHasItsSessionsSetUpAsTheyWere() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("CREATE TABLE t(id int)");
        List<Outcome> all;
        try (RecordedClient client = rehearsed.open();
                RecordedClient early = rehearsed.open()) {
            early.query("SELECT 'never wanted'");
            client.query("SET DateStyle = 'German'");
            client.run(frames().parse("s", "SELECT $1::date").sync().bytes());
            client.run(
                    frames().parse("q", "SELECT 7").bind("q").execute().sync().bytes());
            client.query("BEGIN");
            client.query("SELECT 'begun before'");
            client.query("COMMIT");
            client.run(frames().bind("s", "2026-01-02")
                    .describePortal()
                    .execute()
                    .sync()
                    .bytes());
            client.run(frames().bind("q").describePortal().execute().sync().bytes());
            client.query("SELECT '2026-01-02'::date");
            client.query("BEGIN");
            client.query("SELECT 'begun inside'");
            client.query("COMMIT");
            client.query("SELECT 'behind'");
        }
        rehearsed.publish();
        all = Rehearsed.replay(rehearsed.config()).outcomes();
        long from = all.get(start(all, "COMMIT")).startWallMicros() + 1;
        long until = all.get(start(all, "begun inside")).startWallMicros();

        Rehearsed.Result part = Rehearsed.replay(
                rehearsed.config().withScope(ReplayScope.WHOLE.withSelection(Selection.WHOLE.within(from, until))));

        assertThat(part.end().exchanges()).isEqualTo(all.size());
        assertThat(sum(part.end())).isEqualTo(all.size());
        assertThat(part.end().dispositions()).containsEntry(Disposition.COMPARED, 6L);
        assertThat(part.outcomes())
                .filteredOn(outcome -> outcome.disposition() == Disposition.COMPARED)
                .hasSize(6)
                .allMatch(outcome -> outcome.answers().get(0).sameAsRecorded());
        assertThat(part.outcomes())
                .filteredOn(outcome -> outcome.disposition() == Disposition.FILTERED)
                .hasSize(3)
                .allMatch(outcome -> outcome.reason().equals("before-from"));
        assertThat(part.end().warnings()).containsOnlyKeys("left-out-before-from", "left-out-after-until");
    }

    private static int start(List<Outcome> outcomes, String text) {
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i)
                    .request()
                    .toString(java.nio.charset.StandardCharsets.UTF_8)
                    .contains(text)) {
                return i;
            }
        }
        throw new AssertionError("no outcome of " + text);
    }

    @Test
    void whatHadEndedAtTheCutIsInTheCopy() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("CREATE TABLE t(id int)");
        String copy;
        try (RecordedClient open = rehearsed.open();
                RecordedClient client = rehearsed.open()) {
            client.query("INSERT INTO t VALUES (1)");
            open.query("SELECT 0");
            open.query("BEGIN");
            open.query("INSERT INTO t VALUES (2)");
            copy = LabServersQuery.text(rehearsed.production, "SELECT count(*) FROM t");
            rehearsed.recorder.add(
                    0,
                    new Cut(
                            rehearsed.recorder.counter(),
                            "monday",
                            "",
                            rehearsed.production,
                            "0/0",
                            "",
                            "",
                            0,
                            List.of(),
                            List.of(),
                            List.of(new ExchangeId(open.session(), 1))));
            client.query("INSERT INTO t VALUES (3)");
            open.query("COMMIT");
            client.query("SELECT id FROM t ORDER BY id");
        }
        assertThat(copy).isEqualTo("1");
        dev.understudy.lab.LabServers.postgres().execute(rehearsed.copy, "INSERT INTO t VALUES (1)");
        rehearsed.publish();

        Rehearsed.Result part = Rehearsed.replay(rehearsed.config().withScope(ReplayScope.WHOLE.withFromCut("monday")));

        assertThat(part.outcomes())
                .extracting(outcome -> outcome.disposition() + " " + outcome.reason())
                .containsExactlyInAnyOrder(
                        "NOT_COMPARABLE before-cut",
                        "NOT_COMPARABLE before-cut",
                        "COMPARED ",
                        "COMPARED ",
                        "COMPARED ");
        assertThat(part.outcomes())
                .filteredOn(outcome -> outcome.disposition() == Disposition.COMPARED)
                .allMatch(outcome -> outcome.answers().get(0).sameAsRecorded());
        assertThat(sum(part.end())).isEqualTo(part.end().exchanges()).isEqualTo(7);
        assertThatThrownBy(
                        () -> Rehearsed.replay(rehearsed.config().withScope(ReplayScope.WHOLE.withFromCut("friday"))))
                .isInstanceOf(ReplayUsageError.class)
                .hasMessageContaining("from-cut=friday: the trace has no such cut; there are [monday]");
    }

    @Test
    void filtersLetSessionsAndStatementsThrough() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("CREATE TABLE t(id int)");
        try (RecordedClient web = rehearsed.open(Map.of("application_name", "web"));
                RecordedClient jobs = rehearsed.open(Map.of("application_name", "jobs"))) {
            jobs.query("INSERT INTO t VALUES (1)");
            web.query("BEGIN");
            web.run(frames().parse("s", "SELECT id FROM t WHERE id = $1")
                    .bind("s", "1")
                    .execute()
                    .sync()
                    .bytes());
            web.query("SELECT count(*) FROM t");
            web.run(frames().bind("s", "2").execute().sync().bytes());
            web.query("COMMIT");
        }
        rehearsed.publish();
        String wanted = Fingerprint.of("select id from t where id = 5");
        Selection selection =
                Selection.WHOLE.matching(Filter.parse(List.of("application=web", "fingerprint=" + wanted)));
        ReplayConfig config = rehearsed.config().withScope(ReplayScope.WHOLE.withSelection(selection));

        assertThatThrownBy(() -> Rehearsed.replay(config))
                .isInstanceOf(ReplayUsageError.class)
                .hasMessageContaining("voids an order");
        Rehearsed.Result part = Rehearsed.replay(config.withOrder(Order.SESSION));

        assertThat(part.end().dispositions())
                .containsEntry(Disposition.COMPARED, 4L)
                .containsEntry(Disposition.FILTERED, 2L);
        assertThat(part.end().warnings()).containsOnlyKeys("left-out-not-selected", "left-out-writes");
        assertThat(part.outcomes()).hasSize(4);
    }

    @Test
    void twoSharesTogetherAreTheWhole() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("CREATE TABLE t(id int); INSERT INTO t VALUES (1)", 4, 64 << 10);
        for (int i = 0; i < 8; i++) {
            try (RecordedClient client = rehearsed.open();
                    RecordedClient other = rehearsed.open(Map.of("database", "postgres"))) {
                client.query("SELECT id + " + i + " FROM t");
                client.query("SELECT " + i);
                other.query("SELECT 'elsewhere'");
            }
        }
        rehearsed.publish();
        ReplayConfig whole = rehearsed.config().withOrder(Order.SESSION);

        List<String> one = described(Rehearsed.replay(whole).outcomes());
        List<String> two = new ArrayList<>();
        long exchanges = 0;
        for (int i = 1; i <= 2; i++) {
            Rehearsed.Result share = Rehearsed.replay(rehearsed
                    .config()
                    .withOrder(Order.SESSION)
                    .withScope(ReplayScope.WHOLE.withSelection(Selection.WHOLE.of(new Share(i, 2)))));
            two.addAll(described(share.outcomes()));
            exchanges += share.end().exchanges();
            assertThat(share.outcomes()).isNotEmpty();
            assertThat(sum(share.end())).isEqualTo(share.end().exchanges());
        }

        assertThat(one).hasSize(24);
        assertThat(two).containsExactlyInAnyOrderElementsOf(one);
        assertThat(exchanges).isEqualTo(48);
    }

    private static List<String> described(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.id() + " " + outcome.disposition() + " " + outcome.reason() + " "
                        + outcome.answers().stream().allMatch(answer -> answer.sameAsRecorded()))
                .toList();
    }

    private static long sum(RunEnd end) {
        return end.dispositions().values().stream().mapToLong(Long::longValue).sum();
    }
}
