package dev.understudy.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.cli.CommandException;
import dev.understudy.cli.ExitCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean ready = new AtomicBoolean();
    private final Health health = new Health(ready::get, () -> ready.get() ? "replaying" : "preparing");

    @Test
    void itServesTheMetersInPrometheusTextFormat() throws Exception {
        Counter.builder("understudy.test.things")
                .description("Things")
                .register(registry)
                .increment(3);
        try (MetricsServer server = MetricsServer.start("127.0.0.1", 0, registry, health)) {
            HttpResponse<String> scraped = get(server, "/metrics");

            assertThat(scraped.statusCode()).isEqualTo(200);
            assertThat(scraped.headers().firstValue("content-type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            Map<String, PrometheusText.Family> families = PrometheusText.parse(scraped.body());
            assertThat(families.get("understudy_test_things_total").value()).isEqualTo(3);
            assertThat(families)
                    .containsKeys("jvm_memory_used_bytes", "process_uptime_seconds", "jvm_threads_live_threads");
        }
    }

    @Test
    void itLivesWhateverItDoesAndIsReadyWhileItWorks() throws Exception {
        try (MetricsServer server = MetricsServer.start("127.0.0.1", 0, registry, health)) {
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(server, "/health/ready").body())
                    .isEqualTo("{\"status\":\"DOWN\",\"phase\":\"preparing\"}\n");

            ready.set(true);

            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(server, "/health/ready").body()).isEqualTo("{\"status\":\"UP\",\"phase\":\"replaying\"}\n");
        }
    }

    @Test
    void whatElseIsAskedIsRefused() throws Exception {
        try (MetricsServer server = MetricsServer.start("127.0.0.1", 0, registry, health)) {
            assertThat(get(server, "/").statusCode()).isEqualTo(404);
            assertThat(get(server, "/").body()).contains("/metrics", "/health/live", "/health/ready");
            HttpResponse<String> posted = HTTP.send(
                    HttpRequest.newBuilder(uri(server, "/metrics"))
                            .POST(HttpRequest.BodyPublishers.ofString("x"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(posted.statusCode()).isEqualTo(405);
            assertThat(posted.headers().firstValue("allow")).hasValue("GET");
        }
    }

    @Test
    void aMeterThatHangsHoldsUpNeitherHealthNorMoreThanSomeScrapes() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Gauge.builder("understudy.test.slow", () -> {
                    asked.countDown();
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return 1;
                })
                .description("Slow")
                .register(registry);
        try (MetricsServer server = MetricsServer.start("127.0.0.1", 0, registry, health)) {
            List<CompletableFuture<HttpResponse<String>>> scrapes = new ArrayList<>();
            for (int i = 0; i < MetricsServer.MAX_SCRAPES; i++) {
                scrapes.add(HTTP.sendAsync(
                        HttpRequest.newBuilder(uri(server, "/metrics")).build(), HttpResponse.BodyHandlers.ofString()));
            }
            asked.await();
            CompletableFuture<HttpResponse<String>> oneMore;
            do { // those before it may not have come through yet
                oneMore = HTTP.sendAsync(
                        HttpRequest.newBuilder(uri(server, "/metrics")).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
                scrapes.add(oneMore);
            } while (scrapes.stream()
                    .noneMatch(scrape -> scrape.isDone() && scrape.join().statusCode() == 503));
            released.countDown();

            assertThat(scrapes.stream().map(CompletableFuture::join).filter(r -> r.statusCode() == 200))
                    .hasSize(MetricsServer.MAX_SCRAPES);
        }
    }

    @Test
    void anAddressInUseIsNamedWithWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> MetricsServer.start("127.0.0.1", taken.getLocalPort(), registry, health))
                    .isInstanceOfSatisfying(CommandException.class, error -> {
                        assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
                        assertThat(error)
                                .hasMessageContaining("metrics=127.0.0.1:" + taken.getLocalPort() + ": cannot listen");
                        assertThat(error.hint()).contains("free port");
                    });
        }
    }

    @Test
    void anAddressOfAnotherHostIsNamed() {
        assertThatThrownBy(() -> MetricsServer.start("192.0.2.1", 9464, registry, health))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("metrics=192.0.2.1:9464: cannot listen");
    }

    @Test
    void afterItsEndNothingListens() throws Exception {
        MetricsServer server = MetricsServer.start("127.0.0.1", 0, registry, health);
        URI uri = uri(server, "/health/live");
        server.close();

        assertThatThrownBy(() -> HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(ConnectException.class);
    }

    private static URI uri(MetricsServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static HttpResponse<String> get(MetricsServer server, String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri(server, path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
