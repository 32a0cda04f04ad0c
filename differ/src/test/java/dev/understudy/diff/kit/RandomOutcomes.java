package dev.understudy.diff.kit;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunStart;
import dev.understudy.trace.run.TableState;
import dev.understudy.trace.run.TaintReason;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Outcomes of every kind that a report tells apart, on three arms: the same for the same seed, session and ordinal.
 */
public final class RandomOutcomes {
    private static final int PRODUCTION_TABLE = 16_400;
    private static final int COPY_TABLE = 17_400;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final List<Disposition> OTHERS = List.of(
            Disposition.FILTERED,
            Disposition.RACED,
            Disposition.TAINTED,
            Disposition.NOT_COMPARABLE,
            Disposition.FORCED);

    private final long seed;
    private final int percentEqual;

    /**
     * Some.
     *
     * @param percentEqual how many of a hundred are the same everywhere
     */
    public RandomOutcomes(long seed, int percentEqual) {
        this.seed = seed;
        this.percentEqual = percentEqual;
    }

    /** How a run of them begins. */
    public static RunStart start(String run, int lanes) {
        return new RunStart(
                run,
                "c1",
                "serial",
                "max",
                "compat",
                42,
                lanes,
                catalog(PRODUCTION_TABLE),
                List.of(arm(Arm.CONTROL), arm(Arm.CANDIDATE)));
    }

    private static ArmState arm(Arm arm) {
        return new ArmState(
                arm, "staging:5432/" + arm, catalog(COPY_TABLE), List.of(new TableState("public.t", 10, "1", "")));
    }

    private static Catalog catalog(int table) {
        return Catalogs.catalog(table)
                .table(table, "t", "*id int4", "v int4", "note text", "at timestamptz")
                .table(table + 1, "log", "*id int4", "at timestamptz", "token uuid gen_random_uuid()")
                .build();
    }

    /** One exchange's. */
    public Outcome outcome(int session, int ordinal) {
        Random random = new Random(seed * 1_000_003 + session * 31L + ordinal);
        random.nextInt();
        return of(ordinal, random).id(session, ordinal).build();
    }

    private Exchanges of(int ordinal, Random random) {
        if (random.nextInt(100) < percentEqual) {
            return equal(random);
        }
        return switch (random.nextInt(11)) {
            case 10 -> drawn(random);
            case 0, 1 -> numbers(random);
            case 2, 3 -> storedClock(ordinal, random);
            case 4, 5 -> failure(random);
            case 6 -> notCompared(random);
            case 7 -> rows(random);
            default -> texts(random);
        };
    }

    private static Exchanges equal(Random random) {
        if (random.nextBoolean()) {
            ByteBuf done = answer().done("UPDATE 1").ready();
            String sql = random.nextBoolean()
                    ? "UPDATE t SET v = 7, note = 'x' WHERE id = " + random.nextInt(1_000)
                    : "INSERT INTO t (id, v) VALUES (" + random.nextInt(1_000) + ", 1)";
            return exchange(query(sql), done).control(done).candidate(done);
        }
        ByteBuf same = value(PRODUCTION_TABLE, 2, "v", 23, Integer.toString(random.nextInt(1_000)));
        return exchange(query(select("v", random)), same).control(same).candidate(same);
    }

    /** One of a few statements about a column. */
    private static String select(String column, Random random) {
        return "SELECT " + column + " FROM t WHERE id = " + random.nextInt(1_000)
                + " AND true".repeat(random.nextInt(12));
    }

    private static Exchanges numbers(Random random) {
        return three(random, "v", 2, 23, () -> Integer.toString(random.nextInt(50)));
    }

    private static Exchanges texts(Random random) {
        return three(random, "note", 3, 25, () -> "label " + random.nextInt(20));
    }

    private static Exchanges three(
            Random random, String column, int number, int type, java.util.function.Supplier<String> values) {
        return exchange(query(select(column, random)), value(PRODUCTION_TABLE, number, column, type, values.get()))
                .control(value(COPY_TABLE, number, column, type, values.get()))
                .candidate(value(COPY_TABLE, number, column, type, values.get()));
    }

    /** Times that an earlier exchange of the run wrote, or nobody did. */
    private static Exchanges storedClock(int ordinal, Random random) {
        int writer = random.nextInt(ordinal + 1);
        long shift = random.nextInt(3) == 0 ? 3_600_000_000L : 0;
        long production = Exchanges.PRODUCTION + writer * Exchanges.STEP + random.nextInt(9_000);
        long replay = Exchanges.REPLAY + writer * Exchanges.STEP + random.nextInt(9_000);
        return exchange(query("SELECT at FROM log"), value(PRODUCTION_TABLE + 1, 2, "at", 1184, time(production)))
                .control(value(COPY_TABLE + 1, 2, "at", 1184, time(replay)))
                .candidate(value(COPY_TABLE + 1, 2, "at", 1184, time(replay + 3_000 + shift)));
    }

    /** Identifiers that each side drew when the row was made, or one that the candidate drew again. */
    private static Exchanges drawn(Random random) {
        String sql = random.nextBoolean() ? "SELECT token FROM log" : "INSERT INTO log (id) VALUES (1) RETURNING token";
        int row = random.nextInt(30);
        int again = random.nextInt(6) == 0 ? 1 : 0;
        return exchange(query(sql), token(PRODUCTION_TABLE + 1, 0, row))
                .control(token(COPY_TABLE + 1, 1, row))
                .candidate(token(COPY_TABLE + 1, 2 + again, row));
    }

    private static ByteBuf token(int table, int side, int row) {
        return value(table, 3, "token", 2950, String.format(Locale.ROOT, "0000000%d-0000-4000-8000-%012d", side, row));
    }

    private static String time(long micros) {
        return TIME.format(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000)) + "+00";
    }

    /** A statement that fails, on the candidate or on both arms. */
    private static Exchanges failure(Random random) {
        ByteBuf one = answer().done("DELETE 1").ready();
        String state = random.nextBoolean() ? "26000" : "4200" + random.nextInt(9);
        ByteBuf error = answer().error(state, "no such thing").ready();
        return exchange(query("DELETE FROM t WHERE id = 1" + " AND true".repeat(random.nextInt(4))), one)
                .control(random.nextInt(4) == 0 ? error : one)
                .candidate(error);
    }

    private static Exchanges rows(Random random) {
        return exchange(query("SELECT id FROM t WHERE v = " + random.nextInt(9)), list(random))
                .control(list(random))
                .candidate(list(random));
    }

    private static ByteBuf list(Random random) {
        Answers rows = answer().columns(column("id", 23, COPY_TABLE, 1));
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            rows.row(Integer.toString(random.nextInt(5)));
        }
        return rows.done("SELECT " + count).ready();
    }

    private static Exchanges notCompared(Random random) {
        ByteBuf same = value(PRODUCTION_TABLE, 2, "v", 23, "1");
        Disposition disposition = OTHERS.get(random.nextInt(OTHERS.size()));
        return exchange(query(select("v", random)), same)
                .control(same)
                .candidate(same)
                .ended(disposition, disposition == Disposition.TAINTED ? taint(random) : reason(random));
    }

    private static String reason(Random random) {
        return random.nextBoolean() ? "truncated" : "other-database";
    }

    private static String taint(Random random) {
        ExchangeId root = new ExchangeId(SessionIds.of(1, random.nextInt(8)), random.nextInt(25));
        return new TaintReason("failed-write", root).text();
    }

    private static ByteBuf value(int table, int number, String name, int type, String value) {
        return answer().columns(column(name, type, table, number))
                .row(value)
                .done("SELECT 1")
                .ready();
    }
}
