package dev.understudy.trace.entry;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.catalog.SampleCatalog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the goldens of format version 1 hold. Never changed: a later version adds samples of its own. */
public final class SampleEntries {
    public static final long SESSION = SessionIds.of(3, 17);
    private static final long NANOS = 81_234_567_890_123L;

    private SampleEntries() {}

    public static List<Entry> exchanges() {
        return List.of(
                new Exchange(
                        1_000_001,
                        new ExchangeId(SESSION, 41),
                        1_000_001,
                        TransactionStatus.IN_TRANSACTION,
                        Set.of(),
                        List.of(new Segment(0, 0, 999_998, NANOS)),
                        bytes("Q....SELECT abalance FROM pgbench_accounts WHERE aid = 7"),
                        0,
                        new Answer(
                                bytes("T...D...C...Z"),
                                0,
                                List.of(),
                                List.of("SELECT 1"),
                                TransactionStatus.IN_TRANSACTION,
                                NANOS + 210_000,
                                NANOS + 215_500)),
                new Exchange(
                        1_000_002,
                        new ExchangeId(SESSION + 1, 0),
                        1_000_002,
                        TransactionStatus.IDLE,
                        Set.of(ExchangeFlag.BROKEN_OFF, ExchangeFlag.COPY_IN, ExchangeFlag.CANCELLED),
                        List.of(
                                new Segment(0, 0, 999_000, NANOS - 1_000_000),
                                new Segment(34, 12, 1_000_001, NANOS),
                                new Segment(8_226, 12, 1_000_001, NANOS + 1)),
                        Unpooled.EMPTY_BUFFER,
                        2,
                        new Answer(
                                Unpooled.EMPTY_BUFFER,
                                1,
                                List.of(new Omission(
                                        4_096,
                                        1_000,
                                        65_000,
                                        1_064,
                                        bytes("0123456789abcdef"),
                                        bytes("fedcba9876543210"))),
                                List.of("COPY 3", "größer"),
                                TransactionStatus.UNKNOWN,
                                0,
                                NANOS + 2_000_000)));
    }

    public static List<Entry> begun() {
        return List.of(new Begun(
                1_000_003,
                new ExchangeId(SESSION, 42),
                TransactionStatus.FAILED,
                List.of(new Segment(0, 0, 1_000_002, NANOS)),
                bytes("Q....SELECT pg_sleep(60)"),
                0));
    }

    public static List<Entry> done() {
        return List.of(new Done(
                1_000_900,
                new ExchangeId(SESSION, 42),
                1_000_899,
                Set.of(ExchangeFlag.SEVERAL_SYNCS, ExchangeFlag.ASYNC_INSIDE),
                List.of(new Segment(24, 0, 1_000_500, NANOS + 1_000)),
                bytes("S"),
                0,
                new Answer(bytes("E..Z"), 0, List.of(), List.of(), TransactionStatus.IDLE, NANOS + 5, NANOS + 6)));
    }

    public static List<Entry> parts() {
        return List.of(
                new Part(1_000_004, new ExchangeId(SESSION, 43), Part.Of.REQUEST, 0, bytes("d....1\tone\n")),
                new Part(1_000_004, new ExchangeId(SESSION, 43), Part.Of.ANSWER, 300, bytes("D....")),
                new Part(1_000_004, new ExchangeId(0, 1_000_004), Part.Of.ENTRY, 1, bytes("piece")));
    }

    public static List<Entry> sessionStarts() {
        return List.of(new SessionStart(
                1_000_005,
                SESSION,
                1_000_000,
                1_000_005,
                NANOS,
                -1,
                "127.0.0.1:51234",
                "db.internal:5432",
                "shop",
                "shop",
                0x0003_0000,
                Map.of("user", "shop", "application_name", "pgbench"),
                Map.of("server_version", "15.8", "TimeZone", "Etc/UTC", "client_encoding", "UTF8")));
    }

    public static List<Entry> sessionEnds() {
        return List.of(
                new SessionEnd(1_000_010, SESSION, 1_000_009, 1_000_010, NANOS, SessionEnd.Reason.TERMINATE, 44),
                new SessionEnd(1_000_011, SESSION + 1, 1_000_009, 1_000_011, NANOS, SessionEnd.Reason.AGENT, 0));
    }

    public static List<Entry> sessionSnapshots() {
        return List.of(new SessionSnapshot(
                1_000_006,
                SESSION,
                9,
                true,
                TransactionStatus.IN_TRANSACTION,
                Map.of("DateStyle", "ISO, MDY"),
                Map.of("P0_1", bytes("P....SELECT 1"), "", bytes("P....")),
                List.of(bytes("Q....SET search_path = shop"), bytes("Q....LISTEN jobs"))));
    }

    public static List<Entry> asyncs() {
        return List.of(new Async(1_000_007, SESSION, NANOS, bytes("A....jobs")));
    }

    public static List<Entry> cancels() {
        return List.of(new Cancel(1_000_008, SESSION, 4711, 1_000_007, 1_000_008, NANOS));
    }

    public static List<Entry> gaps() {
        return List.of(
                new Gap(
                        1_000_009,
                        SESSION,
                        Gap.Reason.BUFFER_FULL,
                        List.of(new NumberRange(1_000_001, 1_000_003), new NumberRange(1_000_009, 1_000_009)),
                        4,
                        8_192,
                        Access.UNKNOWN,
                        false),
                new Gap(
                        1_000_009,
                        0,
                        Gap.Reason.UNCLEAN_DEATH,
                        List.of(new NumberRange(1, 999_999)),
                        -1,
                        0,
                        Access.WRITE,
                        false),
                new Gap(1_000_009, SESSION, Gap.Reason.UNKNOWN_BYTES, List.of(), 0, 17, Access.READ, true));
    }

    public static List<Entry> skips() {
        return List.of(new Skip(
                1_000_012,
                0,
                Skip.Policy.REPLICATION,
                List.of(new NumberRange(1_000_012, 1_000_012)),
                1,
                65_536,
                Access.READ));
    }

    public static List<Entry> cuts() {
        return List.of(new Cut(
                1_000_013,
                "before-migration",
                "7301234567890123456",
                "shop",
                "0/16B3748",
                "00000003-0000001B-1",
                "750:753:751",
                1_790_000_000_000_000L,
                SampleCatalog.catalog().sequences(),
                List.of("gid-1"),
                List.of(new ExchangeId(SESSION, 40))));
    }

    public static List<Entry> heartbeats() {
        return List.of(
                new Heartbeat(1_000_014, 1_790_000_000_000_001L, 44, 40, 1, 2, 1, 3, false),
                new Heartbeat(1_000_014, 1_790_000_000_100_001L, 45, 41, 1, 2, 1, 0, true));
    }

    public static List<Entry> catalogs() {
        return List.of(new CatalogEntry(1_000_015, SampleCatalog.catalog()));
    }

    public static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
