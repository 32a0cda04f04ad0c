package dev.understudy.replay;

import java.time.Duration;

/**
 * The bounds of a run. All of memory that grows with the trace is inside {@code windowBytes}, but for one answer for
 * each exchange under way.
 *
 * @param windowBytes exchanges read ahead, under way, and outcomes not yet encoded, in bytes
 * @param maxResult how much of one arm's answer is kept, in bytes; what is beyond counts as truncated
 * @param maxOutcome how large one outcome may become, in bytes; above it, its request and answers are cut
 * @param maxConnections connections for each arm
 * @param stallAfter how long an answer may take before the server is asked what it waits for
 * @param waitLimit how long any one answer may take; then the session is broken off
 * @param connectTimeout how long a connection may take to be made
 * @param pipelineExchanges exchanges of one session written ahead of their answers
 * @param pipelineBytes their requests' bytes
 * @param serviceTimeout how long Kafka may take to answer
 */
public record ReplayLimits(
        long windowBytes,
        int maxResult,
        int maxOutcome,
        int maxConnections,
        Duration stallAfter,
        Duration waitLimit,
        Duration connectTimeout,
        int pipelineExchanges,
        int pipelineBytes,
        Duration serviceTimeout) {
    /** What holds where nothing else is said. */
    public static final ReplayLimits DEFAULTS = new ReplayLimits(
            64L << 20,
            4 << 20,
            12 << 20,
            500,
            Duration.ofMillis(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            16,
            64 << 10,
            Duration.ofSeconds(20));

    /** Checks each bound. */
    public ReplayLimits {
        check("window-bytes", windowBytes, 1 << 20, 1L << 40);
        check("max-result", maxResult, 1 << 10, 64 << 20);
        check("max-outcome", maxOutcome, 64 << 10, 14 << 20);
        check("max-connections", maxConnections, 1, 10_000);
        check("stall-after-ms", stallAfter.toMillis(), 1, 60_000);
        check("wait-limit-ms", waitLimit.toMillis(), 10, 86_400_000);
        check("connect-timeout-ms", connectTimeout.toMillis(), 10, 600_000);
        check("pipeline-exchanges", pipelineExchanges, 1, 1000);
        check("pipeline-bytes", pipelineBytes, 1, 16 << 20);
        check("service-timeout-ms", serviceTimeout.toMillis(), 100, 600_000);
    }

    /** The same bounds with another wait limit. */
    public ReplayLimits withWaitLimit(Duration limit) {
        return new ReplayLimits(
                windowBytes,
                maxResult,
                maxOutcome,
                maxConnections,
                stallAfter,
                limit,
                connectTimeout,
                pipelineExchanges,
                pipelineBytes,
                serviceTimeout);
    }

    /** The same bounds with another bound for one arm's answer. */
    public ReplayLimits withMaxResult(int bytes) {
        return new ReplayLimits(
                windowBytes,
                bytes,
                maxOutcome,
                maxConnections,
                stallAfter,
                waitLimit,
                connectTimeout,
                pipelineExchanges,
                pipelineBytes,
                serviceTimeout);
    }

    /** The same bounds with another window. */
    public ReplayLimits withWindowBytes(long bytes) {
        return new ReplayLimits(
                bytes,
                maxResult,
                maxOutcome,
                maxConnections,
                stallAfter,
                waitLimit,
                connectTimeout,
                pipelineExchanges,
                pipelineBytes,
                serviceTimeout);
    }

    /** The same bounds with another number of connections. */
    public ReplayLimits withMaxConnections(int connections) {
        return new ReplayLimits(
                windowBytes,
                maxResult,
                maxOutcome,
                connections,
                stallAfter,
                waitLimit,
                connectTimeout,
                pipelineExchanges,
                pipelineBytes,
                serviceTimeout);
    }

    private static void check(String name, long value, long from, long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + "=" + value + ": expected " + from + " to " + to);
        }
    }
}
