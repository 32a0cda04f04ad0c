package dev.understudy.diff.value;

import dev.understudy.pgwire.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A date, a time of day or a point in time.
 *
 * @param kind what the microseconds count from
 * @param micros microseconds; the extremes are the infinities
 */
public record Moment(Kind kind, long micros) {
    private static final long DAY = 86_400_000_000L;
    /** From 1970-01-01 to PostgreSQL's epoch, 2000-01-01. */
    private static final long EPOCH = 10_957 * DAY;

    private static final long SECOND = 1_000_000;

    /** What the microseconds count from. */
    public enum Kind {
        /** A day, at its midnight: since 1970-01-01. */
        DATE,
        /** Since midnight. */
        TIME,
        /** Since 1970-01-01 00:00 of no zone. */
        TIMESTAMP,
        /** Since 1970-01-01 00:00 UTC. */
        TIMESTAMPTZ
    }

    /** The moment that a value is; null for any other value. */
    static @Nullable Moment of(Value value) {
        if (value instanceof Value.Date date) {
            boolean infinite = date.days() == Value.Date.INFINITY || date.days() == Value.Date.MINUS_INFINITY;
            return new Moment(Kind.DATE, infinite ? infinity(date.days()) : date.days() * DAY + EPOCH);
        }
        if (value instanceof Value.Time time) {
            return new Moment(Kind.TIME, time.micros());
        }
        if (value instanceof Value.TimeTz time) {
            return new Moment(Kind.TIME, time.micros() - time.offsetSeconds() * SECOND);
        }
        if (value instanceof Value.Timestamp timestamp) {
            return since2000(Kind.TIMESTAMP, timestamp.micros());
        }
        return value instanceof Value.TimestampTz timestamp ? since2000(Kind.TIMESTAMPTZ, timestamp.micros()) : null;
    }

    /** The moment that a value is, or that its text spells in ISO form; null for any other value. */
    public static @Nullable Moment spelled(Value value) {
        if (value instanceof Value.Text text) {
            Value moment = ValueReader.moment(text.value());
            return moment == null ? null : of(moment);
        }
        return of(value);
    }

    private static Moment since2000(Kind kind, long micros) {
        boolean infinite = micros == Value.Timestamp.INFINITY || micros == Value.Timestamp.MINUS_INFINITY;
        return new Moment(kind, infinite ? infinity(micros) : micros + EPOCH);
    }

    private static long infinity(long sign) {
        return sign > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    /** Whether this is one of the infinities. */
    public boolean isInfinite() {
        return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
    }
}
