package dev.understudy.trace.run;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.chunk.CatalogCodec;
import dev.understudy.trace.chunk.WireReader;
import dev.understudy.trace.chunk.WireWriter;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run's start and end, in {@link WireWriter}'s primitives.
 *
 * <pre>
 *  1 RunStart:  string run, string capture, string order, string speed, string mode, zigzag wallMicros, varint lanes,
 *               optional catalog recorded (CatalogCodec), list arms
 *  2 RunEnd:    string run, zigzag wallMicros, bool complete, varint exchanges,
 *               list dispositions: varint disposition, varint count
 *               list outcomes: varint, map warnings, varint moves, zigzag maxLagNanos, zigzag elapsedNanos, list arms,
 *               and, where it tells: varint sent, zigzag p50, p90, p99, max
 *
 *  arm:    varint arm, string address, catalog, list tables
 *  table:  string table, varint rows, string hash, string note
 * </pre>
 */
final class RunCodec {
    private static final Disposition[] DISPOSITIONS = Disposition.values();
    private static final Arm[] ARMS = Arm.values();

    private RunCodec() {}

    static void writeStart(WireWriter out, RunStart start) {
        out.string(start.run());
        out.string(start.capture());
        out.string(start.order());
        out.string(start.speed());
        out.string(start.mode());
        out.zigzag(start.wallMicros());
        out.varint(start.lanes());
        Catalog recorded = start.recorded();
        out.bool(recorded != null);
        if (recorded != null) {
            CatalogCodec.write(out, recorded);
        }
        out.list(start.arms(), RunCodec::writeArm);
    }

    static RunStart readStart(WireReader in) {
        return new RunStart(
                in.string("run"),
                in.string("capture"),
                in.string("order"),
                in.string("speed"),
                in.string("mode"),
                in.zigzag("wallMicros"),
                in.size("lanes"),
                readCatalog(in),
                in.list("arms", RunCodec::readArm));
    }

    static void writeEnd(WireWriter out, RunEnd end) {
        out.string(end.run());
        out.zigzag(end.wallMicros());
        out.bool(end.complete());
        out.varint(end.exchanges());
        out.varint(end.dispositions().size());
        for (Disposition disposition : DISPOSITIONS) {
            Long count = end.dispositions().get(disposition);
            if (count != null) {
                out.ordinal(disposition);
                out.varint(count);
            }
        }
        out.list(end.outcomes(), WireWriter::varint);
        out.stringMap(end.warnings());
        out.varint(end.moves());
        out.zigzag(end.maxLagNanos());
        out.zigzag(end.elapsedNanos());
        out.list(end.arms(), RunCodec::writeArm);
        LagSummary lag = end.lag();
        if (lag != null) {
            out.varint(lag.sent());
            out.zigzag(lag.p50Nanos());
            out.zigzag(lag.p90Nanos());
            out.zigzag(lag.p99Nanos());
            out.zigzag(lag.maxNanos());
        }
    }

    private static @Nullable LagSummary readLag(WireReader in) {
        return in.remaining() == 0
                ? null
                : new LagSummary(
                        in.varint("sent"), in.zigzag("p50"), in.zigzag("p90"), in.zigzag("p99"), in.zigzag("max"));
    }

    static RunEnd readEnd(WireReader in) {
        return new RunEnd(
                in.string("run"),
                in.zigzag("wallMicros"),
                in.bool("complete"),
                in.varint("exchanges"),
                readDispositions(in),
                in.list("outcomes", count -> count.varint("outcomes")),
                in.stringMap("warnings"),
                in.varint("moves"),
                in.zigzag("maxLagNanos"),
                in.zigzag("elapsedNanos"),
                in.list("arms", RunCodec::readArm),
                readLag(in));
    }

    private static Map<Disposition, Long> readDispositions(WireReader in) {
        Map<Disposition, Long> counts = new EnumMap<>(Disposition.class);
        int size = in.count("dispositions");
        for (int i = 0; i < size; i++) {
            Disposition disposition = in.ordinal(DISPOSITIONS, "disposition");
            if (counts.put(disposition, in.varint("count")) != null) {
                throw in.expected("every disposition once, not again " + disposition + ", before");
            }
        }
        return counts;
    }

    private static @Nullable Catalog readCatalog(WireReader in) {
        return in.bool("whether there is a catalog") ? CatalogCodec.read(in) : null;
    }

    private static void writeArm(WireWriter out, ArmState arm) {
        out.ordinal(arm.arm());
        out.string(arm.address());
        CatalogCodec.write(out, arm.catalog());
        out.list(arm.tables(), RunCodec::writeTable);
    }

    private static ArmState readArm(WireReader in) {
        return new ArmState(
                in.ordinal(ARMS, "arm"),
                in.string("address"),
                CatalogCodec.read(in),
                in.list("tables", RunCodec::readTable));
    }

    private static void writeTable(WireWriter out, TableState table) {
        out.string(table.table());
        out.varint(table.rows());
        out.string(table.hash());
        out.string(table.note());
    }

    private static TableState readTable(WireReader in) {
        return new TableState(in.string("table"), in.varint("rows"), in.string("hash"), in.string("note"));
    }
}
