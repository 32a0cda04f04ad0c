package dev.understudy.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.cli.CommandLineRun;
import dev.understudy.cli.ExitCode;
import dev.understudy.lab.LabServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorIT {
    @TempDir
    Path home;

    @Test
    void aTargetNeedsAMarkOfItsOwn() throws Exception {
        String target = LabServers.freshDatabase();
        CommandLineRun before = run("doctor", "--target", uri(target));
        assertThat(before.out()).containsPattern("target mark +FAIL +none");
        assertThat(before.exitCode()).isEqualTo(ExitCode.REFUSED);

        assertThat(run("mark", "--target", uri(target), "--until", "2999-12-31").exitCode())
                .isZero();

        CommandLineRun after = run("doctor", "--target", uri(target));
        assertThat(after.out())
                .containsPattern("target mark +ok +until 2999-12-31")
                .doesNotContain("FAIL");
        assertThat(after.exitCode()).isZero();
        String copy = LabServers.uniqueName("copy");
        LabServers.postgres().copyDatabase(target, copy);
        assertThat(run("doctor", "--target", uri(copy)).exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void productionIsNoTargetAndAServerThatIsNotThereIsSaid() throws Exception {
        String production = LabServers.freshDatabase();
        run("mark", "--target", uri(production));

        CommandLineRun same = run("doctor", "--upstream", uri(production), "--target", uri(production));
        assertThat(same.out()).containsPattern("target identity +FAIL +is the database of --upstream");
        assertThat(same.exitCode()).isEqualTo(ExitCode.REFUSED);

        CommandLineRun gone = run("doctor", "--upstream", "postgres://u:secret@127.0.0.1:1/x");
        assertThat(gone.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(gone.out()).containsPattern("upstream +FAIL").doesNotContain("secret");
    }

    @Test
    void kafkasPropertiesMayStandInTheFile() throws IOException {
        Path config = Files.writeString(
                home.resolve("u.yaml"),
                "data-dir: " + home
                        + "\nkafka:\n  bootstrap.servers: ${BROKERS}\n  client.id: doctor\ndoctor: {verbose: false}\n");

        CommandLineRun run = CommandLineRun.of(
                Map.of("BROKERS", LabServers.kafka().bootstrapServers()),
                home,
                "doctor",
                "--config",
                config.toString());

        assertThat(run.out()).containsPattern("kafka +ok +" + LabServers.kafka().bootstrapServers());
        assertThat(run.exitCode()).isZero();
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(
                Map.of(
                        "UNDERSTUDY_BOOTSTRAP_SERVER", LabServers.kafka().bootstrapServers(),
                        "UNDERSTUDY_DATA_DIR", home.toString()),
                home,
                args);
    }

    private static String uri(String database) {
        return "postgres://postgres@127.0.0.1:" + LabServers.postgres().port() + "/" + database;
    }
}
