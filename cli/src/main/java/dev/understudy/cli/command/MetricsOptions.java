package dev.understudy.cli.command;

import dev.understudy.cli.metrics.Metering;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag that lets a command be watched. */
final class MetricsOptions {
    @Option(
            names = "--metrics",
            paramLabel = "HOST:PORT",
            converter = HostAndPort.OnLoopback.class,
            description = "Serve metrics for Prometheus at /metrics, and /health/live and /health/ready; :9464 is this"
                    + " host only, port 0 a free one. Default: nothing listens.")
    private @Nullable HostAndPort metrics;

    Metering metering() {
        return metrics == null ? Metering.none() : Metering.at(metrics.host(), metrics.port());
    }
}
