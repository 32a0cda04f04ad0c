package dev.understudy.replay.footprint;

import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Values;
import dev.understudy.replay.schedule.Turn;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from production's answers when it was whose turn. */
final class Revealed {
    private Revealed() {}

    /** The turn of who got this value of a sequence; null where that is not known. */
    static @Nullable Turn drawn(String sequence, Set<Value> values) {
        for (Value value : values) {
            if (values.size() == 1 && value instanceof Value.Int drawn) {
                return new Turn(sequence, List.of(drawn.value()));
            }
        }
        return null;
    }

    /** The turn of a statement that draws one value and returns it; null where that is not what it does. */
    static @Nullable Turn draw(StatementFacts.Facts facts, Step step) {
        String sequence = facts.sequence();
        List<@Nullable ByteBuf> row = firstRow(step);
        if (sequence == null
                || step.rows() == null
                || row.size() != 1
                || step.dataRows().size() != 1) {
            return null;
        }
        return drawn(sequence, Set.of(Values.decode(step.rows().fields().get(0), row.get(0))));
    }

    /** The turn of who took the first rows of a queue that others had not locked; null where the order can't be told. */
    static @Nullable Turn claim(StatementFacts.Facts facts, Step step) {
        if (facts.queue().isEmpty() || step.rows() == null) {
            return null;
        }
        List<@Nullable ByteBuf> row = firstRow(step);
        List<Field> fields = step.rows().fields();
        List<Long> values = new ArrayList<>();
        for (StatementFacts.QueueColumn column : facts.queue()) {
            Long value = null;
            for (int i = 0; i < Math.min(fields.size(), row.size()); i++) {
                if (fields.get(i).name().equals(column.name())) {
                    value = number(Values.decode(fields.get(i), row.get(i)));
                }
            }
            if (value == null) {
                break; // what lies behind it decides only where all before it is equal
            }
            values.add(column.descending() ? -value : value);
        }
        return values.isEmpty() ? null : new Turn(step.sql(), values);
    }

    private static @Nullable Long number(Value value) {
        if (value instanceof Value.Int number) {
            return number.value();
        }
        if (value instanceof Value.TimestampTz time) {
            return time.micros();
        }
        return value instanceof Value.Timestamp time ? (Long) time.micros() : null;
    }

    private static List<@Nullable ByteBuf> firstRow(Step step) {
        if (step.dataRows().isEmpty()) {
            return List.of();
        }
        try {
            return DataRow.columns(step.dataRows().get(0));
        } catch (ProtocolException e) {
            return List.of(); // what can't be read reveals nothing
        }
    }
}
