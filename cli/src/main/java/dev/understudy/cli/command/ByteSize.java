package dev.understudy.cli.command;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes.
 *
 * @param bytes the number
 */
record ByteSize(long bytes) {
    /** Reads a number with B, kB, MB, GB (powers of ten) or KiB, MiB, GiB (powers of two). */
    static final class Converter implements ITypeConverter<ByteSize> {
        private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([A-Za-z]*)");
        private static final Map<String, Long> UNITS = Map.of(
                "",
                1L,
                "b",
                1L,
                "kb",
                1_000L,
                "mb",
                1_000_000L,
                "gb",
                1_000_000_000L,
                "kib",
                1L << 10,
                "mib",
                1L << 20,
                "gib",
                1L << 30);

        @Override
        public ByteSize convert(String text) {
            Matcher matcher = SIZE.matcher(text.strip());
            Long unit = matcher.matches() ? UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
            if (unit != null) {
                try {
                    return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
                } catch (ArithmeticException e) {
                    // Told below: no such size either.
                }
            }
            throw new TypeConversionException("expected a size such as 512MiB or 1GB, found '" + text + "'");
        }
    }
}
