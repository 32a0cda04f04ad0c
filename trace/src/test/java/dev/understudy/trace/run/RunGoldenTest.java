package dev.understudy.trace.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.catalog.SampleCatalog;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Omission;
import dev.understudy.trace.entry.SampleEntries;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Versions 1 and 2 of outcome batches and version 1 of control entries, kept forever. As for the trace's goldens, a change
 * that breaks them needs a NEW version, a folder {@code v3}, and one run with
 * {@code -Dgoldens.write=src/test/resources/goldens/v3}.
 *
 * <p>Control entries are compared as read only: how zlib deflates is not the format's.
 */
class RunGoldenTest {
    private static final String FIRST = "/goldens/v1/";
    private static final String SECOND = "/goldens/v2/";

    @Test
    void outcomesAreWrittenAndReadAsEver() throws IOException {
        OutcomeBatchWriter writer = new OutcomeBatchWriter(3);
        outcomes().forEach(writer::add);
        ByteBuf written = writer.close();
        writeWhereAsked("outcomes.hex", written);

        ByteBuf golden = golden(SECOND, "outcomes.hex");

        assertThat(ByteBufUtil.hexDump(written)).isEqualTo(ByteBufUtil.hexDump(golden));
        assertThat(OutcomeBatch.read(golden)).isEqualTo(new OutcomeBatch(3, 0, outcomes()));
    }

    @Test
    void outcomesOfTheFirstVersionHaveNoTwins() throws IOException {
        assertThat(OutcomeBatch.read(golden(FIRST, "outcomes.hex")))
                .isEqualTo(new OutcomeBatch(3, 0, outcomes(List.of())));
    }

    @Test
    void controlEntriesAreReadAsEver() throws IOException {
        writeWhereAsked("runstart.hex", ControlCodec.write(start()));
        writeWhereAsked("runend.hex", ControlCodec.write(end()));
        writeWhereAsked("statecomparison.hex", ControlCodec.write(state()));
        writeWhereAsked("vieworigins.hex", ControlCodec.write(views()));
        writeWhereAsked("copystamps.hex", ControlCodec.write(stamps()));
        assertThat(ControlCodec.read(golden(FIRST, "runstart.hex"))).isEqualTo(start());
        assertThat(ControlCodec.read(golden(FIRST, "runend.hex"))).isEqualTo(end());
        assertThat(ControlCodec.read(golden(FIRST, "statecomparison.hex"))).isEqualTo(state());
        assertThat(ControlCodec.read(golden(FIRST, "vieworigins.hex"))).isEqualTo(views());
        assertThat(ControlCodec.read(golden(FIRST, "copystamps.hex"))).isEqualTo(stamps());
    }

    private static CopyStamps stamps() {
        return new CopyStamps(
                "r1",
                List.of(
                        new CopyStamps.OfArm(
                                Arm.CONTROL, new CopyStamp(15, "0a1b", "2c3d", 12_345, 1_790_000_000_000_000L)),
                        new CopyStamps.OfArm(Arm.CANDIDATE, new CopyStamp(18, "0a1b", "", 0, -1))));
    }

    private static List<Outcome> outcomes() {
        return outcomes(List.of(new GeneratedTwin(Arm.CANDIDATE, 1, 300, "42", "57")));
    }

    private static List<Outcome> outcomes(List<GeneratedTwin> twins) {
        return List.of(
                new Outcome(
                        new ExchangeId(SampleEntries.SESSION, 41),
                        1_000_001,
                        "pgbench",
                        "shop",
                        Disposition.COMPARED,
                        "",
                        Set.of(),
                        TransactionStatus.IN_TRANSACTION,
                        TransactionStatus.IN_TRANSACTION,
                        1_790_000_000_000_000L,
                        1_790_000_000_000_215L,
                        12_345,
                        false,
                        List.of(
                                new KnownStatement(
                                        Arm.RECORDED,
                                        "P0_1",
                                        null,
                                        "SELECT $1",
                                        List.of(23, 0),
                                        SampleEntries.bytes("row"),
                                        null),
                                new KnownStatement(
                                        Arm.CANDIDATE,
                                        "",
                                        "c1",
                                        "SELECT 2",
                                        List.of(),
                                        null,
                                        SampleEntries.bytes("bind"))),
                        SampleEntries.bytes("B...E...S"),
                        SampleEntries.bytes("2...D...C...Z"),
                        List.of(),
                        List.of(
                                new ArmAnswer(
                                        Arm.CONTROL,
                                        true,
                                        Unpooled.EMPTY_BUFFER,
                                        0,
                                        1_790_000_001_000_000L,
                                        99_000,
                                        false),
                                new ArmAnswer(
                                        Arm.CANDIDATE,
                                        false,
                                        SampleEntries.bytes("E...Z"),
                                        7,
                                        1_790_000_001_000_001L,
                                        1,
                                        true)),
                        twins),
                new Outcome(
                        new ExchangeId(SampleEntries.SESSION, 42),
                        -1,
                        "",
                        "",
                        Disposition.GAP,
                        "no-answer",
                        Set.of(ExchangeFlag.DIGESTED),
                        TransactionStatus.UNKNOWN,
                        TransactionStatus.UNKNOWN,
                        0,
                        0,
                        0,
                        true,
                        List.of(),
                        Unpooled.EMPTY_BUFFER,
                        Unpooled.EMPTY_BUFFER,
                        List.of(new Omission(
                                1, 2, 3, 4, SampleEntries.bytes("0123456789abcdef"), SampleEntries.bytes("f"))),
                        List.of(),
                        List.of()));
    }

    private static RunStart start() {
        return new RunStart(
                "run-1", "shop", "serial", "max", "compat", 1_790_000_000_000_000L, 2, SampleCatalog.catalog(), arms());
    }

    private static RunEnd end() {
        return new RunEnd(
                "run-1",
                1_790_000_060_000_000L,
                true,
                44,
                Map.of(Disposition.COMPARED, 40L, Disposition.PENDING, 4L),
                List.of(20L, 24L),
                Map.of("missing-roles", "reader"),
                0,
                5_000_000,
                60_000_000_000L,
                arms());
    }

    private static StateComparison state() {
        TableComparison.CellDifference cell = new TableComparison.CellDifference(
                "created_at",
                "made_at",
                "VALUE_TIMESTAMP_SHIFT",
                "+2 h",
                17,
                List.of(new TableComparison.CellSample("7, a", "2026-01-01 00:00:00+00", "2026-01-01 02:00:00+00")),
                List.of(new TableComparison.MomentPair(1_767_225_600_000_000L, -1, true, 1)));
        return new StateComparison(
                "run-1",
                StateComparison.Moment.AFTER_REPLAY,
                List.of(
                        new TableComparison(
                                "public.orders",
                                "public.purchases",
                                TableComparison.Method.KEY,
                                List.of("id", "line"),
                                1_000_000,
                                999_999,
                                3,
                                2,
                                4,
                                List.of(cell),
                                List.of(
                                        new TableComparison.RowSample(true, "8, a"),
                                        new TableComparison.RowSample(false, "9, NULL")),
                                List.of("cache: not facts"),
                                "",
                                1_234_567_890L),
                        new TableComparison(
                                "",
                                "public.remote",
                                TableComparison.Method.NOT_COMPARED,
                                List.of(),
                                -1,
                                -1,
                                0,
                                0,
                                0,
                                List.of(),
                                List.of(),
                                List.of(),
                                "a foreign table: its rows are elsewhere",
                                0)));
    }

    private static ViewOrigins views() {
        return new ViewOrigins(
                "run-1",
                Arm.CONTROL,
                List.of(
                        new ViewOrigins.ViewColumn(16_400, 1, 16_384, 2),
                        new ViewOrigins.ViewColumn(-1, 1_600, 16_390, 300)));
    }

    private static List<ArmState> arms() {
        return List.of(new ArmState(
                Arm.CANDIDATE,
                "127.0.0.1:5433/shop",
                SampleCatalog.catalog(),
                List.of(
                        new TableState("public.orders", 10, "-123456789012345678901234567890", ""),
                        new TableState("public.remote", 0, "", "a foreign table is not read"))));
    }

    private static ByteBuf golden(String folder, String name) throws IOException {
        try (InputStream in = RunGoldenTest.class.getResourceAsStream(folder + name)) {
            assertThat(in).as(folder + name).isNotNull();
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
            return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        }
    }

    private static void writeWhereAsked(String name, ByteBuf bytes) throws IOException {
        String folder = System.getProperty("goldens.write");
        if (folder != null) {
            Files.createDirectories(Path.of(folder));
            Files.writeString(Path.of(folder, name), ByteBufUtil.hexDump(bytes).replaceAll("(.{120})", "$1\n") + "\n");
        }
    }
}
