package dev.understudy.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:6432, 127.0.0.1, 6432",
        "localhost:0, localhost, 0",
        ":65535, '', 65535",
        "[::1]:5432, ::1, 5432"
    })
    void aPlaceToListen(String text, String host, int port) {
        HostAndPort read = new HostAndPort.Converter().convert(text);

        assertThat(read).isEqualTo(new HostAndPort(host, port));
        assertThat(read).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "6432", "localhost:", "localhost:x", "localhost:65536", "::1:5432", "h:-1"})
    void noPlaceToListen(String text) {
        assertThatThrownBy(() -> new HostAndPort.Converter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("expected HOST:PORT");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "512, 512", "1kB, 1000", "64 MB, 64000000", "1GiB, 1073741824", "3mib, 3145728", "7b, 7"})
    void aSize(String text, long bytes) {
        assertThat(new ByteSize.Converter().convert(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "big", "-1", "1.5GB", "1 parsec", "999999999999GiB", "1234567890123"})
    void noSize(String text) {
        assertThatThrownBy(() -> new ByteSize.Converter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("expected a size");
    }

    @ParameterizedTest
    @CsvSource({"90s, 90000", "30m, 1800000", "2h, 7200000", "500ms, 500", "1 s, 1000", "0s, 0"})
    void aDuration(String text, long millis) {
        assertThat(new DurationConverter().convert(text).toMillis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5", "-1s", "1.5h", "1d", "PT5M", "1234567890s"})
    void noDuration(String text) {
        assertThatThrownBy(() -> new DurationConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("expected a duration");
    }
}
