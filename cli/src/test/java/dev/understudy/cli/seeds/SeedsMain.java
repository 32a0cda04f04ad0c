package dev.understudy.cli.seeds;

import dev.understudy.lab.LabServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Runs many seeds, with a line for each and the sum: {@code SeedsMain FROM COUNT [keep]}; {@code SeedsMain sum COUNT FILE...}
 * sums up what others wrote to files. Exit code 1 if any seed was missed, got a false finding or broke, or if the files
 * hold another number.
 *
 * <p>Any number may run at once: each process has its own broker, its own server, both on free ports, and its own folder.
 */
final class SeedsMain {
    private SeedsMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("SeedsMain FROM COUNT [keep] | sum COUNT FILE...");
            System.exit(2);
        }
        if (args[0].equals("sum")) {
            List<Path> files = Arrays.stream(args).skip(2).map(Path::of).toList();
            System.exit(sum(Long.parseLong(args[1]), files) ? 0 : 1);
        }
        long from = Long.parseLong(args[0]);
        List<Long> seeds =
                LongStream.range(from, from + Long.parseLong(args[1])).boxed().toList();
        Path folder = Files.createTempDirectory("understudy-seeds-");
        SeedSum sum = run(seeds, args.length > 2, folder);
        System.out.println(sum.text());
        deleteTree(folder);
        System.exit(sum.wrong().isEmpty() ? 0 : 1);
    }

    private static boolean sum(long expected, List<Path> files) throws IOException {
        SeedTable table = new SeedTable();
        for (Path file : files) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(line -> SeedLine.parse(line).ifPresent(table::add));
            }
        }
        System.out.println(table.text());
        if (table.seeds() != expected) {
            System.out.println("seeds=" + table.seeds() + ": expected " + expected);
        }
        return table.isRight() && table.seeds() == expected;
    }

    static SeedSum run(List<Long> seeds, boolean keep, Path folder) throws IOException, SQLException {
        Map<String, String> kafka =
                Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers());
        SeedSum sum = new SeedSum();
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafka))) {
            SeedDriver driver = new SeedDriver(LabServers.postgres(), kafka, admin, folder);
            for (long seed : seeds) {
                sum.add(driver, seed, keep);
            }
        }
        return sum;
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
