package dev.understudy.trace.run;

import dev.understudy.trace.chunk.WireReader;
import dev.understudy.trace.chunk.WireWriter;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparison.CellDifference;
import dev.understudy.trace.run.TableComparison.CellSample;
import dev.understudy.trace.run.TableComparison.Method;
import dev.understudy.trace.run.TableComparison.MomentPair;
import dev.understudy.trace.run.TableComparison.RowSample;
import dev.understudy.trace.run.ViewOrigins.ViewColumn;

/**
 * What is known of the arms' tables and views, in {@link WireWriter}'s primitives.
 *
 * <pre>
 *  3 StateComparison: string run, varint moment, list tables
 *  4 ViewOrigins:     string run, varint arm, list columns: u32 view, varint attribute, u32 relation, varint attribute
 *  5 CopyStamps:      string run, list stamps: varint arm, varint major, string catalog, string state, varint rows,
 *                     zigzag takenMicros
 *
 *  table:  string baseline, string candidate, varint method, list key, zigzag baselineRows, zigzag candidateRows,
 *          varint missing, varint extra, varint duplicated, list cells, list samples: bool onlyInBaseline, string row,
 *          list leftOut, string note, zigzag elapsedNanos
 *  cell:   string column, string candidateColumn, string type, string transition, varint count,
 *          list samples: string key, string before, string after,
 *          list moments: zigzag baseline, zigzag candidate, varint 2 * (count - 1), plus 1 if zoned
 * </pre>
 */
final class StateCodec {
    private static final Moment[] MOMENTS = Moment.values();
    private static final Method[] METHODS = Method.values();
    private static final Arm[] ARMS = Arm.values();

    private StateCodec() {}

    static void write(WireWriter out, StateComparison state) {
        out.string(state.run());
        out.ordinal(state.moment());
        out.list(state.tables(), StateCodec::writeTable);
    }

    static StateComparison read(WireReader in) {
        return new StateComparison(
                in.string("run"), in.ordinal(MOMENTS, "moment"), in.list("tables", StateCodec::readTable));
    }

    static void write(WireWriter out, ViewOrigins origins) {
        out.string(origins.run());
        out.ordinal(origins.arm());
        out.list(origins.columns(), StateCodec::writeColumn);
    }

    static ViewOrigins readOrigins(WireReader in) {
        return new ViewOrigins(in.string("run"), in.ordinal(ARMS, "arm"), in.list("columns", StateCodec::readColumn));
    }

    static void write(WireWriter out, CopyStamps stamps) {
        out.string(stamps.run());
        out.list(stamps.stamps(), (to, each) -> {
            to.ordinal(each.arm());
            to.varint(each.stamp().major());
            to.string(each.stamp().catalog());
            to.string(each.stamp().state());
            to.varint(each.stamp().rows());
            to.zigzag(each.stamp().takenMicros());
        });
    }

    static CopyStamps readStamps(WireReader in) {
        return new CopyStamps(
                in.string("run"),
                in.list(
                        "stamps",
                        each -> new CopyStamps.OfArm(
                                each.ordinal(ARMS, "arm"),
                                new CopyStamp(
                                        each.size("major"),
                                        each.string("catalog"),
                                        each.string("state"),
                                        each.varint("rows"),
                                        each.zigzag("takenMicros")))));
    }

    private static void writeTable(WireWriter out, TableComparison table) {
        out.string(table.baseline());
        out.string(table.candidate());
        out.ordinal(table.method());
        out.list(table.key(), WireWriter::string);
        out.zigzag(table.baselineRows());
        out.zigzag(table.candidateRows());
        out.varint(table.missing());
        out.varint(table.extra());
        out.varint(table.duplicated());
        out.list(table.cells(), StateCodec::writeCell);
        out.list(table.samples(), (to, sample) -> {
            to.bool(sample.onlyInBaseline());
            to.string(sample.row());
        });
        out.list(table.leftOut(), WireWriter::string);
        out.string(table.note());
        out.zigzag(table.elapsedNanos());
    }

    private static TableComparison readTable(WireReader in) {
        return new TableComparison(
                in.string("baseline"),
                in.string("candidate"),
                in.ordinal(METHODS, "method"),
                in.list("key", column -> column.string("column")),
                in.zigzag("baselineRows"),
                in.zigzag("candidateRows"),
                in.varint("missing"),
                in.varint("extra"),
                in.varint("duplicated"),
                in.list("cells", StateCodec::readCell),
                in.list("samples", sample -> new RowSample(sample.bool("onlyInBaseline"), sample.string("row"))),
                in.list("leftOut", column -> column.string("column")),
                in.string("note"),
                in.zigzag("elapsedNanos"));
    }

    private static void writeCell(WireWriter out, CellDifference cell) {
        out.string(cell.column());
        out.string(cell.candidateColumn());
        out.string(cell.type());
        out.string(cell.transition());
        out.varint(cell.count());
        out.list(cell.samples(), (to, sample) -> {
            to.string(sample.key());
            to.string(sample.before());
            to.string(sample.after());
        });
        out.list(cell.moments(), (to, pair) -> {
            to.zigzag(pair.baseline());
            to.zigzag(pair.candidate());
            to.varint(pair.count() - 1 << 1 | (pair.zoned() ? 1 : 0));
        });
    }

    private static CellDifference readCell(WireReader in) {
        return new CellDifference(
                in.string("column"),
                in.string("candidateColumn"),
                in.string("type"),
                in.string("transition"),
                in.varint("count"),
                in.list(
                        "samples",
                        sample ->
                                new CellSample(sample.string("key"), sample.string("before"), sample.string("after"))),
                in.list("moments", StateCodec::readMoments));
    }

    private static MomentPair readMoments(WireReader in) {
        long baseline = in.zigzag("baseline");
        long candidate = in.zigzag("candidate");
        long counted = in.varint("count");
        return new MomentPair(baseline, candidate, (counted & 1) == 1, (counted >>> 1) + 1);
    }

    private static void writeColumn(WireWriter out, ViewColumn column) {
        out.u32(column.viewOid());
        out.varint(column.attribute());
        out.u32(column.relationOid());
        out.varint(column.relationAttribute());
    }

    private static ViewColumn readColumn(WireReader in) {
        return new ViewColumn(
                in.u32("view"), in.size("attribute"), in.u32("relation"), in.size("relation's attribute"));
    }
}
