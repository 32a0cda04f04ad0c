package dev.understudy.cli.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.LabServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random schemas, workloads and migrations with one planted fault or none, the whole way on real servers, judged by
 * sorted COPYs of both arms. {@code -Dseeds.from} and {@code -Dseeds.count} choose other seeds, {@code -Dseeds.keep}
 * leaves databases and topics and tells everything about each seed.
 */
class SeedsIT {
    /** What the build goes through. */
    private static final List<Long> SLICE = List.of(2L, 4L, 5L, 8L, 12L);

    @TempDir
    static Path folder;

    @Test
    void nothingIsMissedAndNothingIsInvented() throws Exception {
        Long from = Long.getLong("seeds.from");
        List<Long> seeds = from == null
                ? SLICE
                : LongStream.range(from, from + Integer.getInteger("seeds.count", 1))
                        .boxed()
                        .toList();
        boolean keep = Boolean.getBoolean("seeds.keep");
        Map<String, String> kafka =
                Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers());
        SeedSum sum = new SeedSum();
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafka))) {
            SeedDriver driver = new SeedDriver(LabServers.postgres(), kafka, admin, folder);
            for (long seed : seeds) {
                sum.add(driver, seed, keep);
            }
        }
        System.out.println(sum.text());
        assertThat(sum.wrong()).isEmpty();
    }
}
