package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.LabServers;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.replay.safety.TargetMark;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One theme of the protocol: recorded once from a real server, replayed on two arms in causal and in session order, each time on fresh
 * copies. Session order at full speed writes whatever of a session is ready together.
 */
final class TwoArms {
    static final List<Order> ORDERS = List.of(Order.CAUSAL, Order.SESSION);

    final Rehearsed rehearsed;
    private final Map<Order, String> controls = new EnumMap<>(Order.class);
    private final Map<Order, String> candidates = new EnumMap<>(Order.class);

    private TwoArms(Rehearsed rehearsed) {
        this.rehearsed = rehearsed;
    }

    /** Production by these statements, and copies of it. */
    static TwoArms of(String schema) throws Exception {
        Rehearsed rehearsed = Rehearsed.of(schema);
        TwoArms arms = new TwoArms(rehearsed);
        for (Order order : ORDERS) {
            arms.controls.put(order, rehearsed.copyNow());
            arms.candidates.put(order, rehearsed.copyNow());
        }
        return arms;
    }

    /** Production by these statements; arms by the same ones after others, so that no OID is the same. */
    static TwoArms rebuilt(String schema, String before) throws Exception {
        TwoArms arms = new TwoArms(Rehearsed.of(schema));
        for (Order order : ORDERS) {
            arms.controls.put(order, build(before + ";" + schema));
            arms.candidates.put(order, build(before + ";" + before.replace("padding", "more_padding") + ";" + schema));
        }
        return arms;
    }

    private static String build(String statements) throws Exception {
        String name = LabServers.freshDatabase();
        LabServers.postgres().execute(name, statements);
        TargetMark.mark(LabServers.postgres().connectionInfo(name), Optional.empty());
        return name;
    }

    RecordedClient open() throws Exception {
        return rehearsed.open();
    }

    /** Runs statements on every candidate: the migration. */
    TwoArms migrate(String statements) throws Exception {
        for (String candidate : candidates.values()) {
            LabServers.postgres().execute(candidate, statements);
        }
        return this;
    }

    String candidate(Order order) {
        return candidates.get(order);
    }

    String control(Order order) {
        return controls.get(order);
    }

    /** Replays in one order. */
    Rehearsed.Result replay(Order order) {
        ReplayConfig config = rehearsed.config();
        return Rehearsed.replay(new ReplayConfig(
                config.capture(),
                LabServers.uniqueName("run"),
                info(candidates.get(order)),
                info(controls.get(order)),
                order,
                Speed.MAX,
                Mode.COMPAT,
                config.kafka(),
                config.limits(),
                null));
    }

    private static ConnectionInfo info(String database) {
        return LabServers.postgres().connectionInfo(database);
    }

    /** Ends the trace, replays it in both orders, and holds that every answer is production's on both arms. */
    Map<Order, Rehearsed.Result> replaysExactly() throws Exception {
        rehearsed.publish();
        Map<Order, Rehearsed.Result> results = new EnumMap<>(Order.class);
        for (Order order : ORDERS) {
            Rehearsed.Result result = replay(order);
            results.put(order, result);
            RunEnd end = result.end();
            assertThat(end.complete()).as("complete in %s order", order).isTrue();
            List<String> wrong = result.outcomes().stream()
                    .flatMap(outcome -> unequal(outcome).stream())
                    .toList();
            assertThat(wrong).as("answers in %s order", order).isEmpty();
            assertThat(end.dispositions().get(Disposition.COMPARED))
                    .as("compared in %s order", order)
                    .isEqualTo(end.exchanges());
            assertThat(end.warnings().keySet())
                    .as("warnings in %s order", order)
                    .isSubsetOf("rewritten-oids", "rewritten-large-objects", "rewritten-isolation");
        }
        return results;
    }

    /** What of an outcome is not as production had it, in words; asynchronous messages aside. */
    static List<String> unequal(Outcome outcome) {
        return unequal(outcome, TwoArms::text);
    }

    /** The same where {@code reading} tells what of an answer counts. */
    static List<String> unequal(Outcome outcome, Function<ByteBuf, String> reading) {
        List<String> wrong = new ArrayList<>();
        String where = "exchange " + outcome.id().ordinal() + " of session "
                + (int) outcome.id().session();
        if (outcome.disposition() != Disposition.COMPARED) {
            wrong.add(where + " is " + outcome.disposition() + " " + outcome.reason());
        }
        for (ArmAnswer answer : outcome.answers()) {
            if (!answer.sameAsRecorded() && !reading.apply(outcome.recorded()).equals(reading.apply(answer.frames()))) {
                wrong.add(where + " on " + answer.arm() + ": " + text(answer.frames()) + "; expected "
                        + text(outcome.recorded()));
            }
        }
        return wrong;
    }

    /** The same, with nothing of an error but its SQLSTATE. */
    static String essence(ByteBuf frames) {
        ByteBuf kept = Unpooled.buffer();
        for (FrameCursor frame = new FrameCursor(frames); frame.next(); ) {
            if (frame.type() == BackendType.ERROR_RESPONSE) {
                byte[] state = ServerMessage.decode(frame.body()).sqlState().getBytes(StandardCharsets.US_ASCII);
                kept.writeByte(frame.type()).writeInt(4 + state.length).writeBytes(state);
            } else {
                kept.writeBytes(frame.frame());
            }
        }
        return text(kept);
    }

    /** An answer's frames for people, one character for each byte that is none, asynchronous messages left out. */
    static String text(ByteBuf frames) {
        ByteBuf kept = Unpooled.buffer();
        for (FrameCursor frame = new FrameCursor(frames); frame.next(); ) {
            boolean asynchronous =
                    frame.type() == BackendType.NOTIFICATION_RESPONSE || frame.type() == BackendType.PARAMETER_STATUS;
            if (frame.type() == BackendType.ROW_DESCRIPTION) {
                kept.writeByte(frame.type())
                        .writeBytes(withoutTables(frame.body()))
                        .writeByte('|');
            } else if (frame.type() == BackendType.PARAMETER_DESCRIPTION) {
                kept.writeByte(frame.type())
                        .writeBytes(withoutTypes(frame.body()))
                        .writeByte('|');
            } else if (!asynchronous) {
                kept.writeByte(frame.type()).writeBytes(frame.body()).writeByte('|');
            }
        }
        return kept.toString(StandardCharsets.ISO_8859_1)
                .chars()
                .mapToObj(
                        c -> c >= ' ' && c < 127 ? Character.toString(c) : c == 0 ? "·" : "\\" + Integer.toHexString(c))
                .collect(Collectors.joining());
    }

    private static int withoutUsers(int oid) {
        return oid >= 16384 ? 16384 : oid;
    }

    /** A ParameterDescription without the numbers of user-defined types. */
    private static ByteBuf withoutTypes(ByteBuf body) {
        ByteBuf copy = body.copy();
        for (int at = 2; at < copy.writerIndex(); at += 4) {
            copy.setInt(at, withoutUsers(copy.getInt(at)));
        }
        return copy;
    }

    /** A RowDescription without the numbers of tables and of user-defined types: each server has its own. */
    private static ByteBuf withoutTables(ByteBuf body) {
        ByteBuf copy = body.copy();
        int at = 2;
        while (at < copy.writerIndex()) {
            at = copy.indexOf(at, copy.writerIndex(), (byte) 0) + 1;
            copy.setInt(at, withoutUsers(copy.getInt(at)));
            copy.setInt(at + 6, withoutUsers(copy.getInt(at + 6)));
            at += 18;
        }
        return copy;
    }
}
