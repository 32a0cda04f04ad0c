package dev.understudy.diff.value;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value that is not NULL, by its meaning. */
public sealed interface Value {
    /** The form for people. */
    String text();

    /** An integer or a numeric; the scale is the type's own. */
    record Decimal(BigDecimal value) implements Value {
        @Override
        public String text() {
            return value.toPlainString();
        }
    }

    /** A floating-point number; of float4 where {@code single}. NaN and the infinities of numeric are here too. */
    record Floating(double value, boolean single) implements Value {
        @Override
        public String text() {
            return single ? Float.toString((float) value) : Double.toString(value);
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Value {
        @Override
        public String text() {
            return Boolean.toString(value);
        }
    }

    /** Characters that mean themselves. */
    record Text(String value) implements Value {
        @Override
        public String text() {
            return value;
        }
    }

    /** An enumeration's label. */
    record Label(String value) implements Value {
        @Override
        public String text() {
            return value;
        }
    }

    /** Bytes; a view, never released. */
    record Bytes(ByteBuf value) implements Value {
        @Override
        public String text() {
            return "\\x" + ByteBufUtil.hexDump(value);
        }
    }

    /** A date, a time of day or a point in time. */
    record Moment(Kind kind, long micros) implements Value {
        /** What the microseconds count from. */
        public enum Kind {
            /** Midnight of a day; since 1970-01-01. */
            DATE,
            /** Since midnight. */
            TIME,
            /** Since midnight UTC. */
            TIMETZ,
            /** Since 1970-01-01 00:00 of no zone. */
            TIMESTAMP,
            /** Since 1970-01-01 00:00 UTC. */
            TIMESTAMPTZ
        }

        /** The micros of {@code infinity}. */
        public static final long INFINITY = Long.MAX_VALUE;
        /** The micros of {@code -infinity}. */
        public static final long MINUS_INFINITY = Long.MIN_VALUE;

        /** Whether this is one of the infinities. */
        public boolean isInfinite() {
            return micros == INFINITY || micros == MINUS_INFINITY;
        }

        @Override
        public String text() {
            return MomentText.format(this);
        }
    }

    /** An interval as PostgreSQL keeps it: three parts that do not convert into each other. */
    record Interval(int months, int days, long micros) implements Value {
        @Override
        public String text() {
            return months + " mon " + days + " d "
                    + BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString() + " s";
        }
    }

    /** A JSON document. */
    record Json(JsonNode tree, String written) implements Value {
        @Override
        public String text() {
            return written;
        }
    }

    /** An array's elements in storage order; {@code shape} tells dimensions and lower bounds, as {@code [1:3]}. */
    record Array(String shape, List<@Nullable Value> elements) implements Value {
        @Override
        public String text() {
            return elements.stream()
                    .map(element -> element == null ? "NULL" : element.text())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    /** A binary value of a type that is not read by its meaning, or that could not be read. */
    record Opaque(ByteBuf bytes) implements Value {
        @Override
        public String text() {
            return "\\x" + ByteBufUtil.hexDump(bytes);
        }
    }
}
