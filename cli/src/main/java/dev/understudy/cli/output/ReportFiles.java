package dev.understudy.cli.output;

import dev.understudy.cli.CommandException;
import dev.understudy.diff.report.JsonReport;
import dev.understudy.diff.report.MarkdownReport;
import dev.understudy.diff.report.Report;
import dev.understudy.diff.report.ReportWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes reports into a folder. */
public final class ReportFiles {
    private static final Map<String, ReportWriter> WRITERS =
            new TreeMap<>(Map.of("json", new JsonReport(), "md", new MarkdownReport()));

    private ReportFiles() {}

    /** The formats that there are. */
    public static Set<String> formats() {
        return new TreeSet<>(WRITERS.keySet());
    }

    /**
     * Makes the folder, so that an unusable one is told before the work and not after it.
     *
     * @throws CommandException if it cannot be one
     */
    public static void checkUsable(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw CommandException.usage(folder + ": expected a folder that can be written: " + e);
        }
        if (!Files.isWritable(folder)) {
            throw CommandException.usage(folder + ": expected a folder that can be written");
        }
    }

    /**
     * Writes a report in several formats; each file appears whole or not at all.
     *
     * @return the files
     */
    public static List<Path> write(Report report, Set<String> formats, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, ReportWriter> writer : WRITERS.entrySet()) {
            if (formats.contains(writer.getKey())) {
                Path file = folder.resolve(writer.getValue().fileName());
                Path next = folder.resolve(writer.getValue().fileName() + ".next");
                Files.writeString(next, writer.getValue().write(report));
                Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                files.add(file);
            }
        }
        return files;
    }
}
