package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.LabServers;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One write fails on the migrated copy, and what depends on it is told from what does not. */
class TaintIT {
    private static final int DEPENDANTS = 50;
    private static final String SCHEMA = "CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE);"
            + "INSERT INTO users SELECT i, 'u' || i FROM generate_series(1, 100) i;"
            + "CREATE TABLE orders (id serial PRIMARY KEY, user_id int REFERENCES users, note text)";

    private Rehearsed rehearsed;
    private ReplayConfig config;

    @BeforeEach
    void migrate() throws Exception {
        rehearsed = Rehearsed.of(SCHEMA);
        String migrated = rehearsed.copyNow();
        LabServers.postgres().execute(migrated, "ALTER TABLE orders ALTER note SET NOT NULL");
        config = new ReplayConfig(
                rehearsed.capture,
                LabServers.uniqueName("run"),
                LabServers.postgres().connectionInfo(migrated),
                rehearsed.target(),
                Order.SERIAL,
                Speed.MAX,
                Mode.COMPAT,
                rehearsed.config().kafka(),
                ReplayLimits.DEFAULTS,
                null);
    }

    @Test
    void aFailedInsertTaintsWhatTouchesItsRow() throws Exception {
        try (RecordedClient client = rehearsed.open()) {
            for (int i = 1; i <= 10; i++) {
                client.query("INSERT INTO orders (user_id, note) VALUES (" + i + ", 'n') RETURNING id");
            }
            client.query("INSERT INTO orders (user_id) VALUES (50) RETURNING id");
            for (int i = 0; i < DEPENDANTS / 5; i++) {
                client.query("SELECT * FROM orders WHERE id = 11");
                client.query("SELECT * FROM orders WHERE user_id = 50");
                client.query("UPDATE orders SET note = 'x' WHERE id = 11");
                client.query("SELECT count(*) FROM orders");
                client.query("SELECT u.email FROM users u JOIN orders o ON o.user_id = u.id WHERE u.id = 50");
            }
            for (int i = 1; i <= 10; i++) {
                client.query("SELECT * FROM orders WHERE id = " + i);
                client.query("SELECT * FROM users WHERE id = 50");
            }
        }

        List<Outcome> outcomes = replayed();

        List<Outcome> differing = differing(outcomes, Disposition.COMPARED);
        assertThat(differing)
                .singleElement()
                .satisfies(root -> assertThat(root.id().ordinal()).isEqualTo(10));
        String reason = "failed-write: " + differing.get(0).id();
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.disposition() == Disposition.TAINTED)
                .hasSize(DEPENDANTS)
                .allSatisfy(outcome -> assertThat(outcome.reason()).isEqualTo(reason));
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.disposition() == Disposition.COMPARED)
                .hasSize(31);
    }

    @Test
    void aTransactionThatBreaksTaintsAllThatItWouldHaveWritten() throws Exception {
        try (RecordedClient client = rehearsed.open();
                RecordedClient other = rehearsed.open()) {
            client.query("BEGIN");
            client.query("UPDATE users SET email = 'new' WHERE id = 7");
            client.query("INSERT INTO orders (user_id) VALUES (7)");
            client.query("COMMIT");
            other.query("SELECT * FROM users WHERE id = 7");
            other.query("SELECT * FROM users WHERE id = 8");
            other.query("SELECT count(*) FROM orders");
        }

        List<String> told = new ArrayList<>();
        for (Outcome outcome : replayed()) {
            told.add(outcome.disposition() + " " + outcome.reason().split(":", 2)[0]);
        }
        assertThat(told)
                .containsExactly(
                        "COMPARED ",
                        "COMPARED ",
                        "COMPARED ",
                        "TAINTED failed-earlier-in-transaction",
                        "TAINTED failed-write",
                        "COMPARED ",
                        "TAINTED failed-write");
    }

    @Test
    void preparedStatementsWithBinaryParametersShowTheirKeys() throws Exception {
        try (RecordedClient client = rehearsed.open()) {
            client.run(Frames.frames()
                    .parse("add", "INSERT INTO orders (id, user_id) VALUES ($1, $2)")
                    .bindBinary("add", 900, 9)
                    .execute()
                    .sync()
                    .bytes());
            for (int id : List.of(900, 901)) {
                client.run(Frames.frames()
                        .parse("", "SELECT * FROM orders WHERE id = $1")
                        .bindBinary("", id)
                        .execute()
                        .sync()
                        .bytes());
            }
        }

        assertThat(replayed())
                .extracting(Outcome::disposition)
                .containsExactly(Disposition.COMPARED, Disposition.TAINTED, Disposition.COMPARED);
    }

    private List<Outcome> replayed() throws Exception {
        rehearsed.publish();
        return Rehearsed.replay(config).outcomes();
    }

    private static List<Outcome> differing(List<Outcome> outcomes, Disposition disposition) {
        return outcomes.stream()
                .filter(outcome -> outcome.disposition() == disposition)
                .filter(outcome -> outcome.answers().stream().anyMatch(answer -> !answer.sameAsRecorded()))
                .toList();
    }
}
