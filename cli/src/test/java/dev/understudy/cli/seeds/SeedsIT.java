package dev.understudy.cli.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random schemas, workloads and migrations with one planted fault or none, the whole way on real servers, judged by
 * sorted COPYs of both arms. {@code -Dseeds.from} and {@code -Dseeds.count} choose other seeds, {@code -Dseeds.keep}
 * leaves databases and topics and tells everything about each seed.
 */
class SeedsIT {
    /** What the build goes through. */
    private static final List<Long> SLICE = List.of(4L, 5L, 8L, 12L);

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

        SeedSum sum = SeedsMain.run(seeds, Boolean.getBoolean("seeds.keep"), folder);

        System.out.println(sum.text());
        assertThat(sum.wrong()).isEmpty();
    }
}
