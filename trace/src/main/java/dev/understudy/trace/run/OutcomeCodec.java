package dev.understudy.trace.run;

import dev.understudy.trace.chunk.OmissionCodec;
import dev.understudy.trace.chunk.WireReader;
import dev.understudy.trace.chunk.WireWriter;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import java.util.List;

/**
 * One outcome, in {@link WireWriter}'s primitives.
 *
 * <pre>
 *  varint session, varint ordinal, zigzag doneNo, string application, string user, varint disposition, string reason,
 *  varint flags, u8 status before, u8 status after, zigzag startWallMicros, zigzag endWallMicros, zigzag lagNanos,
 *  bool moved, list known, bytes request, bytes recorded, list omissions (OmissionCodec), list answers,
 *  list twins (since version 2)
 *
 *  known:   varint arm, string name, optional string portal, string sql, list of parameter types (each u32),
 *           optional bytes rowDescription, optional bytes bind
 *  answer:  varint arm, bool sameAsRecorded, bytes frames, varint truncated, zigzag sentWallMicros,
 *           zigzag latencyNanos, bool brokenOff
 *  twin:    varint arm, varint result, varint column, string recorded, string own
 * </pre>
 */
final class OutcomeCodec {
    private static final int FIRST_WITH_TWINS = 2;
    private static final Disposition[] DISPOSITIONS = Disposition.values();
    private static final Arm[] ARMS = Arm.values();

    private OutcomeCodec() {}

    static void write(WireWriter out, Outcome outcome) {
        out.varint(outcome.id().session());
        out.varint(outcome.id().ordinal());
        out.zigzag(outcome.doneNo());
        out.string(outcome.application());
        out.string(outcome.user());
        out.ordinal(outcome.disposition());
        out.string(outcome.reason());
        out.varint(ExchangeFlag.toBits(outcome.flags()));
        out.status(outcome.before());
        out.status(outcome.after());
        out.zigzag(outcome.startWallMicros());
        out.zigzag(outcome.endWallMicros());
        out.zigzag(outcome.lagNanos());
        out.bool(outcome.moved());
        out.list(outcome.known(), OutcomeCodec::writeKnown);
        out.bytes(outcome.request());
        out.bytes(outcome.recorded());
        OmissionCodec.write(out, outcome.omissions());
        out.list(outcome.answers(), OutcomeCodec::writeAnswer);
        out.list(outcome.twins(), OutcomeCodec::writeTwin);
    }

    /** Reads one of a format of that version. */
    static Outcome read(WireReader in, int version) {
        return new Outcome(
                new ExchangeId(in.varint("session"), in.varint("ordinal")),
                in.zigzag("doneNo"),
                in.string("application"),
                in.string("user"),
                in.ordinal(DISPOSITIONS, "disposition"),
                in.string("reason"),
                ExchangeFlag.ofBits(in.size("flags")),
                in.status("status before"),
                in.status("status after"),
                in.zigzag("startWallMicros"),
                in.zigzag("endWallMicros"),
                in.zigzag("lagNanos"),
                in.bool("moved"),
                in.list("known", OutcomeCodec::readKnown),
                in.bytes("request"),
                in.bytes("recorded"),
                OmissionCodec.read(in),
                in.list("answers", OutcomeCodec::readAnswer),
                version < FIRST_WITH_TWINS ? List.of() : in.list("twins", OutcomeCodec::readTwin));
    }

    private static void writeKnown(WireWriter out, KnownStatement known) {
        out.ordinal(known.arm());
        out.string(known.name());
        out.optionalString(known.portal());
        out.string(known.sql());
        out.list(known.parameterTypes(), WireWriter::u32);
        out.optionalBytes(known.rowDescription());
        out.optionalBytes(known.bind());
    }

    private static KnownStatement readKnown(WireReader in) {
        return new KnownStatement(
                in.ordinal(ARMS, "arm"),
                in.string("name"),
                in.optionalString("portal"),
                in.string("sql"),
                in.list("parameterTypes", type -> type.u32("parameterType")),
                in.optionalBytes("rowDescription"),
                in.optionalBytes("bind"));
    }

    private static void writeTwin(WireWriter out, GeneratedTwin twin) {
        out.ordinal(twin.arm());
        out.varint(twin.result());
        out.varint(twin.column());
        out.string(twin.recorded());
        out.string(twin.own());
    }

    private static GeneratedTwin readTwin(WireReader in) {
        return new GeneratedTwin(
                in.ordinal(ARMS, "arm"), in.size("result"), in.size("column"), in.string("recorded"), in.string("own"));
    }

    private static void writeAnswer(WireWriter out, ArmAnswer answer) {
        out.ordinal(answer.arm());
        out.bool(answer.sameAsRecorded());
        out.bytes(answer.frames());
        out.varint(answer.truncated());
        out.zigzag(answer.sentWallMicros());
        out.zigzag(answer.latencyNanos());
        out.bool(answer.brokenOff());
    }

    private static ArmAnswer readAnswer(WireReader in) {
        return new ArmAnswer(
                in.ordinal(ARMS, "arm"),
                in.bool("sameAsRecorded"),
                in.bytes("frames"),
                in.varint("truncated"),
                in.zigzag("sentWallMicros"),
                in.zigzag("latencyNanos"),
                in.bool("brokenOff"));
    }
}
