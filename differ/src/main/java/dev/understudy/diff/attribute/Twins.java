package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Answer;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Values;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.GeneratedTwin;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an arm's answer as production would have given it: where the arm's server generated another value in the place of
 * one of production's, and a column of both servers' answers shows it, production's stands there. What is no other's twin
 * stays as it is, so that a wrong row still shows a wrong value.
 */
final class Twins {
    private final Arm arm;
    private final Answer recorded;
    private final List<GeneratedTwin> twins;

    private Twins(Arm arm, Answer recorded, List<GeneratedTwin> twins) {
        this.arm = arm;
        this.recorded = recorded;
        this.twins = twins;
    }

    /** Whether an arm's answer is to be read otherwise than it stands. */
    static boolean has(Outcome outcome, Arm arm) {
        for (GeneratedTwin twin : outcome.twins()) {
            if (twin.arm() == arm) {
                return true;
            }
        }
        return false;
    }

    /** An arm's answer with production's values; {@code answer} itself where there are none. */
    static Answer restored(Outcome outcome, Arm arm, Answer answer, Answer recorded) {
        return has(outcome, arm) ? new Twins(arm, recorded, outcome.twins()).in(answer) : answer;
    }

    private Answer in(Answer answer) {
        Interpretation read = answer.interpretation();
        List<Step> steps = new ArrayList<>(read.steps().size());
        int result = 0;
        for (int i = 0; i < read.steps().size(); i++) {
            Step step = read.steps().get(i);
            boolean ended = step.tag() != null || step.suspended();
            steps.add(ended ? in(answer, step, i, result++) : step);
        }
        return new Answer(
                new Interpretation(
                        steps,
                        read.errors(),
                        read.notices(),
                        read.status(),
                        read.statementsBefore(),
                        read.portalsBefore(),
                        read.changes(),
                        read.copyIn(),
                        read.unexplained()),
                answer.catalog(),
                answer.omissions(),
                answer.cut(),
                answer.brokenOff());
    }

    private Step in(Answer answer, Step step, int index, int result) {
        RowDescription rows = step.rows();
        Map<Integer, Map<String, String>> columns = rows == null ? Map.of() : columns(answer, rows, index, result);
        if (rows == null || columns.isEmpty()) {
            return step;
        }
        List<ByteBuf> restored = new ArrayList<>(step.dataRows().size());
        for (ByteBuf row : step.dataRows()) {
            restored.add(row(rows.fields(), row, columns));
        }
        return new Step(
                step.sql(),
                step.extended(),
                step.parameters(),
                rows,
                restored,
                step.copyOut(),
                step.tag(),
                step.suspended(),
                step.error());
    }

    /** Production's values by the arm's, for each column of a result that is the same on both servers. */
    private Map<Integer, Map<String, String>> columns(Answer answer, RowDescription rows, int step, int result) {
        Map<Integer, Map<String, String>> columns = new HashMap<>();
        Map<Integer, Set<String>> production = new HashMap<>();
        Set<Integer> torn = new HashSet<>();
        for (GeneratedTwin twin : twins) {
            if (twin.arm() != arm || twin.result() != result || !isSame(answer, rows, step, twin.column())) {
                continue;
            }
            String other = columns.computeIfAbsent(twin.column(), column -> new HashMap<>())
                    .put(twin.own(), twin.recorded());
            boolean first = production
                    .computeIfAbsent(twin.column(), column -> new HashSet<>())
                    .add(twin.recorded());
            if (other != null || !first) {
                torn.add(twin.column()); // not one for one: then they prove nothing
            }
        }
        columns.keySet().removeAll(torn);
        return columns;
    }

    private boolean isSame(Answer answer, RowDescription rows, int step, int column) {
        List<Step> steps = recorded.interpretation().steps();
        RowDescription theirs = step < steps.size() ? steps.get(step).rows() : null;
        if (theirs == null
                || column >= theirs.fields().size()
                || column >= rows.fields().size()) {
            return false;
        }
        Field production = theirs.fields().get(column);
        Field own = rows.fields().get(column);
        if (production.relationOid() == 0 || own.relationOid() == 0) {
            return production.relationOid() == own.relationOid(); // the same function of the same statement
        }
        String name = origin(recorded.catalog(), production);
        return !name.isEmpty() && name.equals(origin(answer.catalog(), own));
    }

    private static String origin(ServerCatalog catalog, Field field) {
        return catalog.origin(field);
    }

    private static ByteBuf row(List<Field> fields, ByteBuf body, Map<Integer, Map<String, String>> columns) {
        List<@Nullable ByteBuf> values;
        try {
            values = DataRow.columns(body);
        } catch (ProtocolException e) {
            return body; // the comparison says that it can't be read
        }
        ByteBuf out = Unpooled.buffer(body.readableBytes() + 16).writeShort(values.size());
        for (int i = 0; i < values.size(); i++) {
            ByteBuf value = values.get(i);
            Map<String, String> twins = i < fields.size() ? columns.get(i) : null;
            if (value != null && twins != null) {
                value = restored(fields.get(i), value, twins);
            }
            out.writeInt(value == null ? -1 : value.readableBytes());
            if (value != null) {
                out.writeBytes(value, value.readerIndex(), value.readableBytes());
            }
        }
        return out;
    }

    private static ByteBuf restored(Field field, ByteBuf value, Map<String, String> twins) {
        String production = twins.get(Values.decode(field, value).text());
        if (production == null) {
            return value;
        }
        ByteBuf text = Unpooled.copiedBuffer(production, StandardCharsets.UTF_8);
        return field.format() == Field.TEXT ? text : binary(Values.decode(field.typeOid(), Field.TEXT, text), value);
    }

    /** A value of one of the types that are generated, in the binary format; the arm's own where it does not fit. */
    private static ByteBuf binary(Value production, ByteBuf own) {
        if (production instanceof Value.Int number) {
            return switch (own.readableBytes()) {
                case Short.BYTES -> Unpooled.copyShort((int) number.value());
                case Integer.BYTES -> Unpooled.copyInt((int) number.value());
                default -> Unpooled.copyLong(number.value());
            };
        } else if (production instanceof Value.Uuid id) {
            return Unpooled.copyLong(
                    id.value().getMostSignificantBits(), id.value().getLeastSignificantBits());
        } else if (production instanceof Value.Text text) {
            return Unpooled.copiedBuffer(text.value(), StandardCharsets.UTF_8);
        } else if (production instanceof Value.Timestamp at) {
            return Unpooled.copyLong(at.micros());
        } else if (production instanceof Value.TimestampTz at) {
            return Unpooled.copyLong(at.micros());
        }
        return own;
    }
}
