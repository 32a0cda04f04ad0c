package dev.understudy.pgwire.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlConstantsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "'a'|a", "'a''b'|a'b", "'a\\n'|a\\n", "E'a\\x41\\u0042\\103\\U00000044'|aABCD", "e'\\'\\\\'|'\\",
                "E'\\q'|q", "E'\\xg'|xg", "U&'\\0041\\+000042\\\\'|AB\\", "U&'\\00'|\\00", "$$a'b$$|a'b",
                "$t$a$$b$t$|a$$b", "N'a'|a", "'a'  'b'|ab"
            })
    void stringsStandForTheirText(String token, String text) {
        assertThat(SqlConstants.string(token, false)).isEqualTo(text);
    }

    @Test
    void plainStringsMayHaveEscapes() {
        assertThat(SqlConstants.string("'a\\'b'", true)).isEqualTo("a'b");
        assertThat(SqlConstants.string("'\\n'", true)).isEqualTo("\n");
        assertThat(SqlConstants.string("E'\\n\\t\\r\\b\\f'", false)).isEqualTo("\n\t\r\b\f");
    }

    @Test
    void namesStandForTheirText() {
        assertThat(SqlConstants.name("\"A\"\"b\"", '\\')).isEqualTo("A\"b");
        assertThat(SqlConstants.name("\"a\\0062\"", '\\')).isEqualTo("a\\0062");
        assertThat(SqlConstants.name("U&\"a\\0062\"", '\\')).isEqualTo("ab");
        assertThat(SqlConstants.name("u&\"a!0062!!\"", '!')).isEqualTo("ab!");
        assertThat(SqlConstants.name("\"a", '\\')).isEqualTo("a");
    }
}
