package dev.understudy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.bench.pgwire.MessageWalkerBenchmark;
import dev.understudy.bench.schedule.ScheduleBenchmark;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark for an instant, so that none can rot; figures are for real runs, but for what is exact. */
class BenchmarksTest {
    /**
     * The smallest object, 16 bytes, would be 2e-3 per byte for each of the longest messages and 1e-2 for each of the
     * shorter reads. The harness's own allocations in this short a time are around 1e-4.
     */
    private static final double NOTHING_BYTES_PER_BYTE = 1e-3;

    /** A task in causal order takes 280 to 490 bytes, the task itself included, and some more before it is compiled. */
    private static final double MOST_BYTES_PER_TASK = 800;

    private static final int INSTANT_MILLIS = 10;
    private static final int ALLOCATION_MILLIS = 200;

    private static ChainedOptionsBuilder options(int millis) {
        return new OptionsBuilder()
                .forks(0)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(millis))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(millis))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    @Test
    void everyBenchmarkRuns() throws RunnerException {
        Collection<RunResult> results = new Runner(options(INSTANT_MILLIS)
                        .include("dev\\.understudy\\.bench\\..*")
                        .build())
                .run();
        assertThat(results).hasSizeGreaterThanOrEqualTo(27);
        assertThat(results)
                .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore())
                        .as(result.getParams().getBenchmark())
                        .isPositive());
    }

    @Test
    void walkingAllocatesNothing() throws RunnerException {
        Collection<RunResult> results = new Runner(options(ALLOCATION_MILLIS)
                        .include(MessageWalkerBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        assertThat(results).hasSize(6);
        assertThat(results)
                .allSatisfy(result -> assertThat(allocatedPerOperation(result))
                        .as(result.getParams().toString())
                        .isLessThan(NOTHING_BYTES_PER_BYTE));
    }

    @Test
    void aCausalOrderTakesLittleMemoryForEachTask() throws RunnerException {
        Collection<RunResult> results = new Runner(options(ALLOCATION_MILLIS)
                        .include(ScheduleBenchmark.class.getName() + ".causal")
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        assertThat(results).hasSize(3);
        assertThat(results)
                .allSatisfy(result -> assertThat(allocatedPerOperation(result))
                        .as(result.getParams().toString())
                        .isLessThan(MOST_BYTES_PER_TASK));
    }

    private static double allocatedPerOperation(RunResult result) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no gc.alloc.rate.norm in "
                        + result.getSecondaryResults().keySet()));
    }
}
