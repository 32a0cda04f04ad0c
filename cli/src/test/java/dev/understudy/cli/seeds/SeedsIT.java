package dev.understudy.cli.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    private static final int SLICE = 12;

    @TempDir
    static Path folder;

    @Test
    void nothingIsMissedAndNothingIsInvented() throws Exception {
        long from = Long.getLong("seeds.from", 1);
        int count = Integer.getInteger("seeds.count", SLICE);

        SeedSum sum = SeedsMain.run(
                LongStream.range(from, from + count).boxed().toList(), Boolean.getBoolean("seeds.keep"), folder);

        System.out.println(sum.text());
        assertThat(sum.wrong()).isEmpty();
    }
}
