package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.LabServers;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients refer to what the server generated for them and for each other, on copies that generate something else. */
class GeneratedIT {
    private static final String SCHEMA = """
            CREATE TABLE accounts (id serial PRIMARY KEY, name text, balance int DEFAULT 0);
            CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account_id int REFERENCES accounts,
                                 qty int, note text);
            CREATE TABLE parcels (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), order_id bigint REFERENCES orders, what text);
            CREATE SEQUENCE tickets_seq CACHE 20;
            CREATE TABLE tickets (id bigint PRIMARY KEY DEFAULT nextval('tickets_seq'), parcel uuid REFERENCES parcels, what text);
            CREATE TABLE events (id bigint PRIMARY KEY DEFAULT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
                                 what text);
            CREATE SEQUENCE invoice_numbers;
            CREATE TABLE invoices (id bigint PRIMARY KEY, what text);
            CREATE TABLE lines (invoice_id bigint REFERENCES invoices, what text);
            CREATE TABLE stamps (at timestamptz PRIMARY KEY DEFAULT clock_timestamp(), what text);
            CREATE VIEW order_list AS SELECT o.id, o.qty AS amount, a.name FROM orders o JOIN accounts a ON a.id = o.account_id;
            INSERT INTO accounts (name) SELECT 'base ' || i FROM generate_series(1, 50) i;
            INSERT INTO orders (account_id, qty) SELECT i, 1 FROM generate_series(1, 50) i;
            """;
    /** Everything that the traffic has written, told without what is generated. */
    private static final String STATE = """
            SELECT string_agg(line, E'\\n' ORDER BY line) FILTER (WHERE line !~ 'base [0-9]+ (0|1 -)$') FROM (
              SELECT 'account ' || name || ' ' || balance AS line FROM accounts
              UNION ALL SELECT 'order ' || name || ' ' || qty || ' ' || coalesce(note, '-') FROM orders JOIN accounts ON accounts.id = account_id
              UNION ALL SELECT 'parcel ' || what || ' ' || qty || ' ' || name FROM parcels
                  JOIN orders ON orders.id = order_id JOIN accounts ON accounts.id = account_id
              UNION ALL SELECT 'ticket ' || tickets.what || ' ' || parcels.what FROM tickets LEFT JOIN parcels ON parcels.id = parcel
              UNION ALL SELECT 'event ' || what FROM events
              UNION ALL SELECT 'stamp ' || what FROM stamps
              UNION ALL SELECT 'line ' || lines.what || ' ' || invoices.what FROM lines JOIN invoices ON id = invoice_id) all_lines
            """;

    private Rehearsed rehearsed;
    private String control;
    private String candidate;

    @BeforeEach
    void copies() throws Exception {
        rehearsed = Rehearsed.of(SCHEMA);
        control = rehearsed.copyNow();
        candidate = rehearsed.copyNow();
        shift(control, 1_000);
        shift(candidate, 7);
    }

    private static void shift(String database, int by) throws Exception {
        LabServers.postgres().execute(database, """
                SELECT setval('accounts_id_seq', 50 + %1$d), setval('orders_id_seq', 50 + 3 * %1$d),
                       setval('tickets_seq', 5 * %1$d), setval('invoice_numbers', 2 * %1$d)
                """.formatted(by));
    }

    private ReplayConfig config(Order order) {
        return new ReplayConfig(
                rehearsed.capture,
                LabServers.uniqueName("run"),
                LabServers.postgres().connectionInfo(candidate),
                LabServers.postgres().connectionInfo(control),
                order,
                Speed.MAX,
                Mode.COMPAT,
                rehearsed.config().kafka(),
                ReplayLimits.DEFAULTS,
                null);
    }

    private Rehearsed.Result replay(Order order) throws Exception {
        rehearsed.publish();
        return Rehearsed.replay(config(order));
    }

    /** The first column of the first row. */
    private static String value(ByteBuf answer) {
        return row(answer).get(0);
    }

    private static List<String> row(ByteBuf answer) {
        for (FrameCursor frame = new FrameCursor(answer); frame.next(); ) {
            if (frame.type() == BackendType.DATA_ROW) {
                List<String> columns = new ArrayList<>();
                for (ByteBuf column : DataRow.columns(frame.body())) {
                    columns.add(column == null ? "" : column.toString(StandardCharsets.UTF_8));
                }
                return columns;
            }
        }
        throw new AssertionError("no row in " + answer.toString(StandardCharsets.UTF_8));
    }

    private static ByteBuf binary(String sql, Object... values) {
        ByteBuf out = Unpooled.buffer();
        FrontendMessages.parse(out, "", sql, List.of());
        List<ByteBuf> bytes = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof Integer number) {
                bytes.add(Unpooled.copyInt(number));
            } else if (value instanceof Long number) {
                bytes.add(Unpooled.copyLong(number));
            } else if (value instanceof UUID uuid) {
                bytes.add(Unpooled.copyLong(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()));
            } else {
                bytes.add(Unpooled.copiedBuffer((String) value, StandardCharsets.UTF_8));
            }
        }
        FrontendMessages.bind(out, "", "", List.of(1), bytes, List.of(1));
        FrontendMessages.describePortal(out, "");
        FrontendMessages.execute(out, "", 0);
        FrontendMessages.sync(out);
        return out;
    }

    private static ByteBuf text(String sql, String... values) {
        return Frames.frames()
                .parse("", sql)
                .bind("", values)
                .describePortal()
                .execute()
                .sync()
                .bytes();
    }

    private static ByteBuf binaryColumn(ByteBuf answer) {
        for (FrameCursor frame = new FrameCursor(answer); frame.next(); ) {
            if (frame.type() == BackendType.DATA_ROW) {
                return DataRow.columns(frame.body()).get(0);
            }
        }
        throw new AssertionError("no row");
    }

    private String state(String database) throws Exception {
        return LabServersQuery.text(database, STATE);
    }

    private void assertSame(Rehearsed.Result result) throws Exception {
        assertThat(result.outcomes())
                .allSatisfy(outcome -> assertThat(outcome.disposition())
                        .as("%s %s", outcome.reason(), ByteBufUtil.hexDump(outcome.request()))
                        .isEqualTo(Disposition.COMPARED));
        String expected = state(rehearsed.production);
        assertThat(state(control)).isEqualTo(expected);
        assertThat(state(candidate)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void twoClientsReferToEachOthersRows(Order order) throws Exception {
        try (RecordedClient a = rehearsed.open();
                RecordedClient b = rehearsed.open()) {
            for (int i = 0; i < 5; i++) {
                // simple queries
                String anna = value(a.query("INSERT INTO accounts (name) VALUES ('anna" + i + "') RETURNING id"));
                String bert = value(b.query("INSERT INTO accounts (name) VALUES ('bert" + i + "') RETURNING id"));
                String order1 =
                        value(b.query("INSERT INTO orders (account_id, qty) VALUES (" + anna + ", 1) RETURNING id"));
                String order2 =
                        value(a.query("INSERT INTO orders (account_id, qty) VALUES (" + bert + ", 2) RETURNING id"));
                a.query("UPDATE accounts SET balance = balance + 5 WHERE id IN (" + anna + ", " + bert + ")");
                // text binds
                String parcel1 = value(a.run(
                        text("INSERT INTO parcels (order_id, what) VALUES ($1, $2) RETURNING id", order1, "p" + i)));
                a.run(text("UPDATE orders SET note = $2 WHERE id = $1", order2, "noted" + i));
                a.run(text(
                        "UPDATE accounts SET balance = balance + 1 WHERE id = ANY($1)", "{" + anna + "," + bert + "}"));
                // binary binds
                ByteBuf parcel2 = binaryColumn(b.run(binary(
                        "INSERT INTO parcels (order_id, what) VALUES ($1, $2) RETURNING id",
                        Long.parseLong(order2),
                        "q" + i)));
                UUID second = new UUID(parcel2.getLong(0), parcel2.getLong(8));
                String ticket = value(a.run(text(
                        "INSERT INTO tickets (parcel, what) VALUES ($1, $2) RETURNING id",
                        second.toString(),
                        "t" + i)));
                long other = binaryColumn(b.run(binary(
                                "INSERT INTO tickets (parcel, what) VALUES ($1, $2) RETURNING id",
                                UUID.fromString(parcel1),
                                "u" + i)))
                        .getLong(0);
                b.run(binary("UPDATE tickets SET what = what || '!' WHERE id = $1", Long.parseLong(ticket)));
                a.query("UPDATE tickets SET what = what || '?' WHERE id = " + other);
                // keys from the clock
                String event = value(a.query("INSERT INTO events (what) VALUES ('e" + i + "') RETURNING id"));
                b.run(binary("UPDATE events SET what = what || '!' WHERE id = $1", Long.parseLong(event)));
                String stamp = value(b.query("INSERT INTO stamps (what) VALUES ('s" + i + "') RETURNING at"));
                a.query("UPDATE stamps SET what = what || '!' WHERE at = '" + stamp + "'");
                // sessions that ask what they drew
                b.query("INSERT INTO accounts (name) VALUES ('carl" + i + "')");
                String carl = value(b.query("SELECT lastval()"));
                a.query("UPDATE accounts SET balance = 7 WHERE id = " + carl);
                b.query("INSERT INTO accounts (name) VALUES ('dora" + i + "')");
                String dora = value(b.query("SELECT currval('accounts_id_seq') AS id"));
                a.run(binary("UPDATE accounts SET balance = 8 WHERE id = $1", Integer.parseInt(dora)));
                String invoice = value(a.query("SELECT nextval('invoice_numbers')"));
                a.query("INSERT INTO invoices (id, what) VALUES (" + invoice + ", 'i" + i + "')");
                b.run(text("INSERT INTO lines (invoice_id, what) VALUES ($1, $2)", invoice, "l" + i));
                // what is only looked up
                a.query("INSERT INTO accounts (name) VALUES ('emil" + i + "')");
                String emil = value(a.query("SELECT id FROM accounts WHERE name = 'emil" + i + "'"));
                b.query("UPDATE accounts SET balance = 9 WHERE id = " + emil);
                String listed = value(a.query("SELECT * FROM order_list WHERE id = " + order1));
                assertThat(listed).isEqualTo(order1);
                b.run(text("UPDATE orders SET note = 'listed' WHERE id = $1", listed));
            }
        }

        Rehearsed.Result result = replay(order);

        assertSame(result);
        assertThat(result.end().elapsedNanos()).isPositive();
    }

    @Test
    void anIdIsMappedWhereItIsOneAndNowhereElse() throws Exception {
        try (RecordedClient client = rehearsed.open()) {
            client.query("INSERT INTO accounts (name) VALUES ('anna')");
            String account = value(client.query("SELECT lastval()"));
            String id = value(
                    client.query("INSERT INTO orders (account_id, qty) VALUES (" + account + ", 0) RETURNING id"));
            client.query("UPDATE orders SET qty = " + id + " WHERE id = " + id);
            client.run(text("UPDATE orders SET note = $2 WHERE id = $1", id, id));
            // ids of rows that the copies have already
            client.query("UPDATE orders SET qty = 42 WHERE id = 42");
        }

        Rehearsed.Result result = replay(Order.SERIAL);

        assertSame(result);
        assertThat(result.outcomes()).filteredOn(GeneratedIT::isAlikeEverywhere).hasSize(4);
    }

    private static boolean isAlikeEverywhere(Outcome outcome) {
        return outcome.answers().stream().allMatch(answer -> answer.sameAsRecorded());
    }

    @Test
    void whatAnArmFailedToGenerateTaintsItsUsesWithOneRoot() throws Exception {
        LabServers.postgres().execute(candidate, "ALTER TABLE accounts ADD CHECK (name <> 'anna')");
        try (RecordedClient a = rehearsed.open();
                RecordedClient b = rehearsed.open()) {
            String anna = value(a.query("INSERT INTO accounts (name) VALUES ('anna') RETURNING id"));
            String bert = value(b.query("INSERT INTO accounts (name) VALUES ('bert') RETURNING id"));
            for (int i = 0; i < 20; i++) {
                b.query("INSERT INTO orders (account_id, qty) VALUES (" + anna + ", " + i + ") RETURNING id");
                a.run(binary("UPDATE accounts SET balance = balance + 1 WHERE id = $1", Integer.parseInt(anna)));
                a.run(binary("UPDATE accounts SET balance = balance + 1 WHERE id = $1", Integer.parseInt(bert)));
            }
            String lost = value(b.query("INSERT INTO orders (account_id, qty) VALUES (" + anna + ", 77) RETURNING id"));
            a.query("UPDATE orders SET note = 'x' WHERE id = " + lost);
        }

        List<Outcome> outcomes = replay(Order.SERIAL).outcomes();

        List<Outcome> tainted = outcomes.stream()
                .filter(outcome -> outcome.disposition() == Disposition.TAINTED)
                .toList();
        String root = outcomes.get(0).id().toString();
        assertThat(tainted)
                .hasSize(42)
                .allSatisfy(outcome -> assertThat(outcome.reason()).endsWith(": " + root));
        assertThat(outcomes)
                .filteredOn(o -> o.disposition() == Disposition.COMPARED)
                .hasSize(22);
        assertThat(LabServersQuery.text(candidate, "SELECT balance::text FROM accounts WHERE name = 'bert'"))
                .isEqualTo("20");
    }
}
