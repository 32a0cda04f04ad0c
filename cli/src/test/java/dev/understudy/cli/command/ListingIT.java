package dev.understudy.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.cli.CommandLineRun;
import dev.understudy.cli.ExitCode;
import dev.understudy.lab.LabServers;
import dev.understudy.trace.TopicNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingIT {
    @TempDir
    Path home;

    @Test
    void capturesAreListedForPeopleAndForPrograms() throws Exception {
        String capture = LabServers.uniqueName("listed");
        topic(TopicNames.trace(capture), 2);
        topic("somebody-elses-topic-" + capture, 1);

        CommandLineRun table = run("captures");
        CommandLineRun json = run("captures", "--format", "json");

        assertThat(table.exitCode()).isZero();
        assertThat(table.out())
                .containsPattern("(?m)^" + capture + " +2 +0 +- +-$")
                .doesNotContain("somebody");
        assertThat(json.out()).contains("\"capture\" : \"" + capture + "\"", "\"firstWritten\" : null");
    }

    @Test
    void aTraceOfNobodysMakingIsAnErrorAndNotAnEmptyCapture() throws Exception {
        String capture = LabServers.uniqueName("garbage");
        topic(TopicNames.trace(capture), 1);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TopicNames.trace(capture), new byte[200]))
                    .get(30, TimeUnit.SECONDS);
        }

        CommandLineRun run = run("audit", "--capture", capture);

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("error:");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aMisspeltCaptureIsGuessed() throws Exception {
        String capture = LabServers.uniqueName("monday-morning");
        topic(TopicNames.trace(capture), 1);

        CommandLineRun run = run("audit", "--capture", capture.replace("monday", "monady"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("no such capture", "did you mean '" + capture + "'?");
    }

    @Test
    void anUnreachableClusterExitsFourInTime() {
        CommandLineRun run = CommandLineRun.of(Map.of(), home, "captures", "--bootstrap-server", "127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err()).contains("bootstrap-server=127.0.0.1:1", "hint:");
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(
                Map.of("UNDERSTUDY_BOOTSTRAP_SERVER", LabServers.kafka().bootstrapServers()), home, args);
    }

    private static void topic(String name, int partitions) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }
}
