package dev.understudy.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The protocol has no input and output: JDK classes without I/O, threads and clocks, Netty's buffers, annotations. */
class ImportsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern ALLOWED = Pattern.compile(
            "import (static )?(dev\\.understudy\\.pgwire\\.|io\\.netty\\.buffer\\.|"
                    + "io\\.netty\\.util\\.|org\\.jspecify\\.annotations\\.|java\\.(util|math|time|security)\\.|"
                    + "java\\.nio\\.(charset\\.|ByteOrder)|java\\.lang\\.invoke\\.|java\\.io\\.ByteArrayOutputStream).*");
    private static final Pattern FORBIDDEN = Pattern.compile(
            "java\\.util\\.(concurrent|logging)|java\\.time\\.(Clock|Instant)|System\\.(nanoTime|currentTimeMillis|getenv|getProperty)"
                    + "|LocalDate\\.now|new Thread|java\\.net\\.|java\\.nio\\.(channels|file)");

    @Test
    void everyImportIsAllowed() throws IOException {
        List<String> imports = lines(Pattern.compile("^import "));
        assertThat(imports).isNotEmpty().allMatch(line -> ALLOWED.matcher(line).matches());
    }

    @Test
    void nothingReachesOutside() throws IOException {
        assertThat(lines(FORBIDDEN)).isEmpty();
    }

    private static List<String> lines(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(40);
            return sources.stream()
                    .flatMap(file -> read(file).lines())
                    .filter(line -> pattern.matcher(line).find())
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
