package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "see postgres://u:secret@h/d there            | see postgres://u:***@h/d there",
                "postgresql://u:sec@ret@h/d                   | postgresql://u:***@h/d",
                "postgres://u:sec/ret@h                       | postgres://u:***@h",
                "jdbc:postgresql://h/d?user=u&password=secret | jdbc:postgresql://h/d?user=u&password=***",
                "host=h password=secret dbname=d              | host=h password=*** dbname=d",
                "password = 'se cr\\'et' host=h               | password = *** host=h",
                "sslpassword=secret                           | sslpassword=***",
                "--targt=postgres://u:secret@h                | --targt=postgres://u:***@h",
                "postgres://u@h:5432/d                        | postgres://u@h:5432/d",
                "nothing to hide                              | nothing to hide",
            })
    void passwordsGoAndTheRestStays(String text, String masked) {
        assertThat(Masking.mask(text)).isEqualTo(masked);
    }
}
