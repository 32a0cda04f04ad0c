package dev.understudy.diff.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Names the code that compares: sums that another build made are not gone on with, since it may have called things by
 * another name.
 */
final class CodeDigest {
    private static final String OURS = "dev/understudy/";

    private CodeDigest() {}

    /** Adds Understudy's classes of the jars or folders that these come from. */
    static void add(MessageDigest digest, List<Class<?>> classes) {
        TreeSet<Path> places = new TreeSet<>();
        for (Class<?> type : classes) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            if (source == null) {
                throw new IllegalStateException("class=" + type + ": expected to know where it was loaded from");
            }
            try {
                places.add(Path.of(source.getLocation().toURI()));
            } catch (URISyntaxException e) {
                throw new IllegalStateException("class=" + type + ": expected a place, found " + source, e);
            }
        }
        for (Path place : places) {
            try {
                if (Files.isDirectory(place)) {
                    folder(digest, place);
                } else {
                    jar(digest, place);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read own code, path=" + place, e);
            }
        }
    }

    private static void folder(MessageDigest digest, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
    }

    /** A jar's directory has a checksum of every class: nothing needs to be inflated. */
    private static void jar(MessageDigest digest, Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : jar.stream()
                    .filter(each ->
                            each.getName().startsWith(OURS) && each.getName().endsWith(".class"))
                    .sorted(java.util.Comparator.comparing(JarEntry::getName))
                    .toList()) {
                digest.update(entry.getName().getBytes(StandardCharsets.UTF_8));
                digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, entry.getCrc()));
            }
        }
    }
}
