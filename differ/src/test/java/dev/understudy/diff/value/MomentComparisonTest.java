package dev.understudy.diff.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Values;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentComparisonTest {
    private static Value timestamp(String text) {
        return Values.decode(
                PgType.TIMESTAMP.oid(), Field.TEXT, Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20 10:00:00.6, 2026-11-20 10:00:00, VALUE_TIMESTAMP_PRECISION, cut to 0 fractional digits",
        "2026-11-20 10:00:00.5, 2026-11-20 10:00:01, VALUE_TIMESTAMP_PRECISION, cut to 0 fractional digits",
        "2026-11-20 10:00:00.123, 2026-11-20 10:00:00.12, VALUE_TIMESTAMP_PRECISION, cut to 2 fractional digits",
        "2026-11-20 10:00:00, 2026-11-20 11:00:00, VALUE_TIMESTAMP_SHIFT, +1 h",
        "2026-11-20 10:00:00, 2026-11-20 08:45:00, VALUE_TIMESTAMP_SHIFT, -1 h 15 min",
        "2026-11-20 10:00:00, 2026-11-21 10:00:00, VALUE_TIMESTAMP_SHIFT, +1 d",
        "4714-11-24 00:00:00 BC, 294240-12-31 00:00:00, VALUE_TIMESTAMP_SHIFT, '+more than 292,000 years'",
        "294240-12-31 00:00:00, 4714-11-24 00:00:00 BC, VALUE_TIMESTAMP_SHIFT, '-more than 292,000 years'",
    })
    void saysWhetherATimeWasCutOrMoved(String before, String after, String named, String transition) {
        assertThat(ValueComparison.changes(timestamp(before), timestamp(after)))
                .extracting(change -> change.type() + " " + change.transition())
                .containsExactly(named + " " + transition);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-20 10:00:00.4, 2026-11-20 10:00:01", "2026-11-20 10:00:00.5, 2026-11-20 10:00:02"})
    void aSecondThatIsNotTheNearestIsNoCut(String before, String after) {
        assertThat(ValueComparison.changes(timestamp(before), timestamp(after)))
                .extracting(change -> change.type().name())
                .containsExactly("VALUE_TIMESTAMP_SHIFT");
    }
}
