package dev.understudy.pgwire.value;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * One value, equal to another exactly if it means the same: a value read from text and one read from the binary format
 * are equal. Immutable as long as nobody writes to the byte arrays; holds no buffers.
 */
public sealed interface Value {
    /** The value as PostgreSQL writes it (ISO date style), for people; what could not be read comes as it was. */
    default String text() {
        return ValueText.of(this);
    }

    /** SQL NULL. */
    record Null() implements Value {
        /** The one there is. */
        public static final Null NULL = new Null();
    }

    /** bool. */
    record Bool(boolean value) implements Value {}

    /** int2, int4, int8, oid, xid, cid. */
    record Int(long value) implements Value {}

    /** A finite numeric; equal only with the same scale, as 1.0 and 1.00 are written differently. */
    record Numeric(BigDecimal value) implements Value {}

    /** A numeric that is no number, or infinite. */
    enum SpecialNumeric implements Value {
        /** NaN. */
        NAN,
        /** Infinity. */
        INFINITY,
        /** -Infinity. */
        MINUS_INFINITY
    }

    /** float4, widened without loss, and float8. NaN equals itself; 0 and -0 differ. */
    record FloatingPoint(double value) implements Value {}

    /** text, varchar, bpchar with its padding, name, "char", unknown, xml, refcursor, cstring. */
    record Text(String value) implements Value {}

    /** bytea. */
    record Bytes(byte[] value) implements Value {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[" + text() + "]";
        }
    }

    /** date, in days since 2000-01-01; the extremes are the infinities. */
    record Date(int days) implements Value {
        /** {@code infinity}. */
        public static final int INFINITY = Integer.MAX_VALUE;
        /** {@code -infinity}. */
        public static final int MINUS_INFINITY = Integer.MIN_VALUE;
    }

    /** time, in microseconds since midnight; 24:00:00 is a time. */
    record Time(long micros) implements Value {}

    /** timetz; the offset is in seconds east of UTC. */
    record TimeTz(long micros, int offsetSeconds) implements Value {}

    /** timestamp, in microseconds since 2000-01-01 00:00; the extremes are the infinities. */
    record Timestamp(long micros) implements Value {
        /** {@code infinity}. */
        public static final long INFINITY = Long.MAX_VALUE;
        /** {@code -infinity}. */
        public static final long MINUS_INFINITY = Long.MIN_VALUE;
    }

    /** timestamptz, in microseconds since 2000-01-01 00:00 UTC; the extremes are the infinities. */
    record TimestampTz(long micros) implements Value {}

    /** interval; its three fields are kept apart, since 1 month is no number of days. Infinite if all are extreme. */
    record Interval(int months, int days, long micros) implements Value {
        /** {@code infinity} (PostgreSQL 17). */
        public static final Interval INFINITY = new Interval(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
        /** {@code -infinity} (PostgreSQL 17). */
        public static final Interval MINUS_INFINITY =
                new Interval(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE);
    }

    /** uuid. */
    record Uuid(UUID value) implements Value {}

    /** json and jsonb, as written: what is equal JSON is a question for who compares. */
    record Json(String text) implements Value {}

    /**
     * An array.
     *
     * @param dimensions the lengths, outermost first; empty for the empty array
     * @param lowerBounds the first index of each dimension
     * @param elements all elements, the last index running fastest
     */
    record Array(List<Integer> dimensions, List<Integer> lowerBounds, List<Value> elements) implements Value {
        /** Copies the lists. */
        public Array {
            dimensions = List.copyOf(dimensions);
            lowerBounds = List.copyOf(lowerBounds);
            elements = List.copyOf(elements);
        }
    }

    /** Bytes of a type without decoder, or that do not read as their type says; equal only byte for byte, in one format. */
    record Opaque(byte[] bytes, int format) implements Value {
        @Override
        public boolean equals(Object other) {
            return other instanceof Opaque opaque && format == opaque.format && Arrays.equals(bytes, opaque.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(bytes) + format;
        }

        @Override
        public String toString() {
            return "Opaque[" + text() + ", format=" + format + "]";
        }
    }
}
