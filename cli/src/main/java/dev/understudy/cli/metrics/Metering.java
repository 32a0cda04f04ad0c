package dev.understudy.cli.metrics;

import dev.understudy.cli.CommandException;
import dev.understudy.cli.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Whether a command is measured, and where its meters can be read. */
public abstract sealed class Metering {
    private Metering() {}

    /** Nobody measures: what is recorded goes nowhere, and nothing listens. */
    public static Metering none() {
        return new None();
    }

    /** For Prometheus, served at this address; port 0 takes a free one. */
    public static Metering at(String host, int port) {
        return new Served(host, port);
    }

    /** Where meters are declared. */
    public abstract MeterRegistry registry();

    /**
     * Serves the meters until closed, and says where.
     *
     * @throws CommandException if the address cannot be bound
     */
    public abstract Serving serve(Context context, Health health);

    /** What is served as long as it is not closed. */
    public interface Serving extends AutoCloseable {
        @Override
        void close();
    }

    private static final class None extends Metering {
        private final MeterRegistry nowhere = new CompositeMeterRegistry();

        @Override
        public MeterRegistry registry() {
            return nowhere;
        }

        @Override
        public Serving serve(Context context, Health health) {
            return () -> {};
        }
    }

    private static final class Served extends Metering {
        private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        private final String host;
        private final int port;

        Served(String host, int port) {
            this.host = host;
            this.port = port;
        }

        @Override
        public MeterRegistry registry() {
            return registry;
        }

        @Override
        public Serving serve(Context context, Health health) {
            MetricsServer server = MetricsServer.start(host, port, registry, health);
            context.say("metrics on http://" + MetricsServer.address(host, server.port()) + "/metrics");
            return server;
        }
    }
}
