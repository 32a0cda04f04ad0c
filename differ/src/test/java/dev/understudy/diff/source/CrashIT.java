package dev.understudy.diff.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.Diff;
import dev.understudy.diff.DiffConfig;
import dev.understudy.diff.DiffListener;
import dev.understudy.diff.report.JsonReport;
import dev.understudy.lab.LabServers;
import dev.understudy.lab.kafka.EmbeddedKafka;
import dev.understudy.trace.TopicNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever dies, whenever: the report is that of a run that nothing disturbed, byte for byte. */
class CrashIT {
    private static final int KILLS = 20;
    private static final int MANY = 6_000;
    private static final int SOME = 1_500;

    @TempDir
    private Path folder;

    private static String diff(String run, String bootstrap) {
        return diff(run, Map.of("bootstrap.servers", bootstrap), DiffListener.NONE);
    }

    private static String diff(String run, Map<String, String> kafka, DiffListener listener) {
        return new JsonReport().write(Diff.run(new DiffConfig(run, null, kafka), listener));
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void killedTwentyTimesTheSumsAreThoseOfAnUndisturbedRun() throws Exception {
        String bootstrap = LabServers.kafka().bootstrapServers();
        SampleRun run = SampleRun.write("killed-twenty-times", MANY, bootstrap);
        assertThat(run.outcomes()).isGreaterThanOrEqualTo(100_000);
        String undisturbed = diff(run.name(), bootstrap);
        assertThat(undisturbed).isEqualTo(run.report());
        forget(run, bootstrap);

        Random random = new Random(20);
        DiffProcess next = DiffProcess.start(bootstrap, run.name(), folder.resolve("0.json"));
        for (int kill = 1; kill <= KILLS; kill++) {
            try (DiffProcess victim = next.go()) {
                next = DiffProcess.start(bootstrap, run.name(), folder.resolve(kill + ".json"));
                long first = victim.read();
                long until = first + random.nextInt(8_000);
                long read = first;
                while (read >= 0 && read < until) {
                    read = victim.read();
                }
                assertThat(read)
                        .as("kill %s came while there was work left", kill)
                        .isBetween(0L, run.outcomes() - 1);
                victim.kill();
            }
        }
        try (DiffProcess last = next.go()) {
            assertThat(last.report()).isEqualTo(undisturbed);
        }
    }

    /** Sums that are gone are made anew; offsets that a group committed without them mean nothing. */
    private static void forget(SampleRun run, String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(List.of(TopicNames.summary(run.name()))).all().get();
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void twoShareARunAndOneOfThemIsKilled() throws Exception {
        String bootstrap = LabServers.kafka().bootstrapServers();
        SampleRun run = SampleRun.write("shared", SOME, bootstrap);
        try (DiffProcess victim = DiffProcess.start(bootstrap, run.name(), folder.resolve("victim.json"));
                DiffProcess other = DiffProcess.start(bootstrap, run.name(), folder.resolve("other.json"))) {
            other.go();
            victim.go();
            assertThat(victim.read()).isNotNegative();
            victim.kill();
            assertThat(other.report()).isEqualTo(run.report());
        }
        assertThat(diff(run.name(), bootstrap)).isEqualTo(run.report());
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void theBrokerGoesAndComesBack() throws Exception {
        Path log = folder.resolve("kafka");
        EmbeddedKafka kafka = EmbeddedKafka.start(log);
        int port = kafka.port();
        String bootstrap = kafka.bootstrapServers();
        try {
            SampleRun run = SampleRun.write("restarted", SOME, bootstrap);
            CountDownLatch begun = new CountDownLatch(2);
            CompletableFuture<String> report = CompletableFuture.supplyAsync(
                    () -> diff(run.name(), DiffProcess.kafka(bootstrap), (read, expected) -> begun.countDown()));
            assertThat(begun.await(2, TimeUnit.MINUTES)).isTrue();
            kafka.close();
            kafka = EmbeddedKafka.start(log, port);
            assertThat(report.get(5, TimeUnit.MINUTES)).isEqualTo(run.report());
        } finally {
            kafka.close();
        }
    }
}
