package dev.understudy.pgwire.value;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
        public boolean equals(@Nullable Object other) {
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

    /** A label of an enumeration. */
    record Label(String value) implements Value {}

    /**
     * inet and cidr.
     *
     * @param six whether it is of IPv6
     * @param high an IPv6 address's upper half, else 0
     * @param low its lower half, or the IPv4 address
     * @param prefixLength the netmask's bits
     */
    record Inet(boolean six, long high, long low, int prefixLength) implements Value {}

    /** macaddr and macaddr8, of 6 and 8 octets. */
    record MacAddress(int octets, long bits) implements Value {}

    /**
     * money, in the currency's smallest unit.
     *
     * @param written as the server's locale writes it; empty in the binary format, which knows no currency
     */
    record Money(long units, String written) implements Value {}

    /** bit and varbit: zeros and ones. */
    record Bits(String digits) implements Value {}

    /** pg_lsn. */
    record Lsn(long position) implements Value {}

    /** tid: a row's place in its table; the block is unsigned. */
    record Tid(long block, int offset) implements Value {}

    /** regclass, regtype and their like by name, as the text format has them. */
    record ObjectName(String name) implements Value {}

    /** regclass, regtype and their like by OID, as the binary format has them: of one server only. */
    record ObjectOid(long oid) implements Value {}

    /** A geometric value: its numbers in the order of its text. */
    record Geometry(Shape shape, List<Double> numbers) implements Value {
        /** Copies the list. */
        public Geometry {
            numbers = List.copyOf(numbers);
        }

        /** What the numbers are. */
        public enum Shape {
            /** x, y. */
            POINT,
            /** A, B, C of Ax + By + C = 0. */
            LINE,
            /** Two points. */
            LSEG,
            /** The upper right corner, the lower left one. */
            BOX,
            /** Points. */
            OPEN_PATH,
            /** Points, the last of which is joined with the first. */
            CLOSED_PATH,
            /** Points. */
            POLYGON,
            /** The centre, the radius. */
            CIRCLE
        }
    }

    /**
     * A range; that of a discrete type in its canonical form.
     *
     * @param lower null where it has no lower bound
     * @param upper null where it has no upper bound
     */
    record Range(
            boolean empty, @Nullable Value lower, @Nullable Value upper, boolean lowerInclusive, boolean upperInclusive)
            implements Value {
        /** The range that holds nothing. */
        public static final Range EMPTY = new Range(true, null, null, false, false);
    }

    /** A set of ranges, in order. */
    record Multirange(List<Range> ranges) implements Value {
        /** Copies the list. */
        public Multirange {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * A row as a value; equal by its values alone.
     *
     * @param names of the members, empty where the type is anonymous
     */
    record Composite(List<String> names, List<Value> values) implements Value {
        /** Copies the lists. */
        public Composite {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Composite composite && values.equals(composite.values);
        }

        @Override
        public int hashCode() {
            return values.hashCode();
        }
    }

    /** tsvector. */
    record TsVector(List<Lexeme> lexemes) implements Value {
        /** Copies the list. */
        public TsVector {
            lexemes = List.copyOf(lexemes);
        }

        /** A word and where it stands: positions with their weights, such as 3 and 5A. */
        public record Lexeme(String word, List<String> positions) {
            /** Copies the list. */
            public Lexeme {
                positions = List.copyOf(positions);
            }
        }
    }

    /** tsquery, as the server writes it. */
    record TsQuery(String text) implements Value {}

    /** hstore: NULL or Text by key. */
    record Hstore(SortedMap<String, Value> pairs) implements Value {
        /** Copies the map. */
        public Hstore {
            pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
        }
    }

    /** Bytes of a type without decoder, or that do not read as their type says; equal only byte for byte, in one format. */
    record Opaque(byte[] bytes, int format) implements Value {
        @Override
        public boolean equals(@Nullable Object other) {
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
