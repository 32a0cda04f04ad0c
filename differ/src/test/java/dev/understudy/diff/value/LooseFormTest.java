package dev.understudy.diff.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Values;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooseFormTest {
    private static String form(PgType type, String text) {
        return LooseForm.of(
                Values.decode(type.oid(), Field.TEXT, Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NUMERIC | 12.30 | FLOAT8 | 12.9",
                "NUMERIC | 12.30 | NUMERIC | 12.3",
                "TEXT | Erika | TEXT | ERIKA",
                "TEXT | `a ` | TEXT | a",
                "TIMESTAMP | 2026-11-20 10:00:00.5 | TIMESTAMPTZ | 2026-11-20 10:00:00+00",
                "JSON | {\"a\":1} | JSON | {\"a\":2}",
                "MONEY | $1.00 | MONEY | $1.00",
            })
    void isOneForWhatDiffersInFormatOnly(PgType left, String a, PgType right, String b) {
        assertThat(form(left, a)).isEqualTo(form(right, b));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NUMERIC | 12.30 | 13.30",
                "FLOAT8 | 1 | 2",
                "FLOAT8 | NaN | Infinity",
                "TEXT | Erika | Erik",
                "TIMESTAMP | 2026-11-20 10:00:00 | 2026-11-20 10:00:01",
                "TIMESTAMP | infinity | -infinity",
                "MONEY | $1.00 | $2.00",
                "INT4 | 1 | 2",
                "UUID | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12",
            })
    void isAnotherForAnotherValue(PgType type, String a, String b) {
        assertThat(form(type, a)).isNotEqualTo(form(type, b));
    }
}
