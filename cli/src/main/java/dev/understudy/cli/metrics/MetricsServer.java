package dev.understudy.cli.metrics;

import dev.understudy.cli.CommandException;
import dev.understudy.cli.output.Json;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code /metrics} in Prometheus' text format 0.0.4, {@code /health/live} and {@code /health/ready}.
 *
 * <p>It has an event loop of its own, and a thread that writes what is scraped: whatever is asked of it costs the loops
 * that do the work nothing. To be started and closed by one thread.
 */
final class MetricsServer implements Metering.Serving {
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final int IDLE_SECONDS = 60;
    private static final int BACKLOG = 64;
    static final int MAX_SCRAPES = 8;
    private static final long TIMEOUT_SECONDS = 10;

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final PrometheusMeterRegistry registry;
    private final Health health;
    private final ProcessMeters process;
    private final Vertx vertx;
    private final AtomicInteger scrapes = new AtomicInteger();
    private @Nullable HttpServer server;

    private MetricsServer(PrometheusMeterRegistry registry, Health health) {
        this.registry = registry;
        this.health = health;
        this.process = new ProcessMeters(registry);
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /**
     * Listens.
     *
     * @param port 0 for any free one
     * @throws CommandException if the address cannot be bound
     */
    static MetricsServer start(String host, int port, PrometheusMeterRegistry registry, Health health) {
        MetricsServer metrics = new MetricsServer(registry, health);
        try {
            metrics.listen(host, port);
            return metrics;
        } catch (RuntimeException e) {
            metrics.close();
            throw e;
        }
    }

    private void listen(String host, int port) {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setAcceptBacklog(BACKLOG);
        try {
            server = vertx.createHttpServer(options)
                    .requestHandler(this::answer)
                    .listen(port, host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cannotListen(host, port, cause == null ? e.toString() : String.valueOf(cause.getMessage()));
        } catch (TimeoutException e) {
            throw cannotListen(host, port, "no answer within " + TIMEOUT_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotListen(host, port, "interrupted");
        }
    }

    private static CommandException cannotListen(String host, int port, String why) {
        return CommandException.usage(
                "metrics=" + address(host, port) + ": cannot listen: " + why,
                "choose an address of this host and a free port, or port 0 for any free one; without --metrics nothing"
                        + " listens");
    }

    static String address(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The port that it listens on. */
    int port() {
        HttpServer open = server;
        if (open == null) {
            throw new IllegalStateException("not listening");
        }
        return open.actualPort();
    }

    private void answer(HttpServerRequest request) {
        if (!HttpMethod.GET.equals(request.method())) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET");
            end(request, METHOD_NOT_ALLOWED, PLAIN, "GET only\n");
            return;
        }
        switch (request.path()) {
            case "/metrics" -> scrape(request);
            case "/health/live" -> health(request, true);
            case "/health/ready" -> health(request, health.ready().getAsBoolean());
            default -> end(request, NOT_FOUND, PLAIN, "there are /metrics, /health/live and /health/ready\n");
        }
    }

    private void health(HttpServerRequest request, boolean up) {
        String body = Json.line(Json.object()
                .put("status", up ? "UP" : "DOWN")
                .put("phase", health.phase().get()));
        end(request, up ? OK : UNAVAILABLE, JSON, body + "\n");
    }

    private void scrape(HttpServerRequest request) {
        if (scrapes.incrementAndGet() > MAX_SCRAPES) {
            scrapes.decrementAndGet();
            end(request, UNAVAILABLE, PLAIN, "more than " + MAX_SCRAPES + " scrapes at once\n");
            return;
        }
        vertx.executeBlocking(registry::scrape).onComplete(text -> {
            scrapes.decrementAndGet();
            if (text.succeeded()) {
                end(request, OK, TEXT_FORMAT, text.result());
            } else {
                end(request, UNAVAILABLE, PLAIN, "the meters cannot be read: " + text.cause() + "\n");
            }
        });
    }

    private static void end(HttpServerRequest request, int status, String type, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .end(body);
    }

    /** Stops listening; a server that does not within a bound ends with the process, and fails nobody's work. */
    @Override
    public void close() {
        process.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .handle((nothing, error) -> nothing)
                .completeOnTimeout(null, TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
