package dev.understudy.cli.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** libpq's service file: {@code [name]} followed by {@code keyword=value} lines; a hash begins a comment line. */
final class ServiceFile {
    private ServiceFile() {}

    /**
     * The parameters of a service.
     *
     * @param files where to look, in order; missing ones are passed over
     * @throws InvalidTargetException if no file has it, or the file is wrong there, with file and line
     */
    static Map<String, String> find(String service, List<Path> files) {
        for (Path file : files) {
            Optional<Map<String, String>> found = Files.isRegularFile(file) ? find(service, file) : Optional.empty();
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new InvalidTargetException("service '" + service + "' is defined in none of " + files);
    }

    private static Optional<Map<String, String>> find(String service, Path file) {
        Map<String, String> settings = new LinkedHashMap<>();
        boolean inside = false;
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidTargetException("the service file " + file + " cannot be read: " + e.getMessage());
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            String where = file + ":" + (i + 1);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (inside) {
                    return Optional.of(settings);
                }
                inside = line.equals("[" + service + "]");
            } else if (inside) {
                int equals = line.indexOf('=');
                if (equals < 0) {
                    throw new InvalidTargetException(where + ": expected keyword=value");
                }
                String keyword = line.substring(0, equals);
                if (keyword.equals(Keyword.SERVICE)) {
                    throw new InvalidTargetException(where + ": a service cannot refer to another service");
                }
                settings.putIfAbsent(Keyword.checked(keyword, where), line.substring(equals + 1));
            }
        }
        return inside ? Optional.of(settings) : Optional.empty();
    }
}
