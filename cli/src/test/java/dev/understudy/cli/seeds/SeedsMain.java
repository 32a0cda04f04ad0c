package dev.understudy.cli.seeds;

import dev.understudy.lab.LabServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Runs many seeds on servers of its own, with a line for each and the sum: {@code SeedsMain FROM COUNT [keep]}. Exit code
 * 1 if any is not right.
 */
final class SeedsMain {
    private SeedsMain() {}

    public static void main(String[] args) throws Exception {
        long from = Long.parseLong(args[0]);
        List<Long> seeds =
                LongStream.range(from, from + Long.parseLong(args[1])).boxed().toList();
        SeedSum sum = run(seeds, args.length > 2, Files.createTempDirectory("understudy-seeds-"));
        System.out.println(sum.text());
        System.exit(sum.wrong().isEmpty() ? 0 : 1);
    }

    static SeedSum run(List<Long> seeds, boolean keep, Path folder) throws IOException, java.sql.SQLException {
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
}
