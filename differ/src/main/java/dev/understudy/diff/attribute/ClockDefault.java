package dev.understudy.diff.attribute;

import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Values;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Defaults that add a span to the clock, as pg_get_expr writes them: {@code (now() + '30 days'::interval)}. */
final class ClockDefault {
    private static final Pattern SUM = Pattern.compile(
            "\\(*(?:now\\(\\)|clock_timestamp\\(\\)|statement_timestamp\\(\\)|transaction_timestamp\\(\\)"
                    + "|CURRENT_TIMESTAMP|LOCALTIMESTAMP) ([+-]) '([^']+)'::interval\\)*");
    private static final long DAY = 86_400_000_000L;

    private ClockDefault() {}

    /** The microseconds added; null where the default is no such sum, or adds months, which are of no fixed length. */
    static @Nullable Long added(String expression) {
        Matcher sum = SUM.matcher(expression);
        if (!sum.matches()) {
            return null;
        }
        ByteBuf span = Unpooled.wrappedBuffer(sum.group(2).getBytes(StandardCharsets.UTF_8));
        Value value = Values.decode(PgType.INTERVAL.oid(), Field.TEXT, span);
        if (!(value instanceof Value.Interval interval) || interval.months() != 0) {
            return null;
        }
        long micros = interval.days() * DAY + interval.micros();
        return sum.group(1).equals("-") ? Long.valueOf(-micros) : Long.valueOf(micros);
    }
}
