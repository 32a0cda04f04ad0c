package dev.understudy.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lab.FreePort;
import dev.understudy.lab.LabServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT extends KafkaContract {
    @TempDir
    Path folder;

    @Override
    String bootstrapServers() {
        return LabServers.kafka().bootstrapServers();
    }

    @Test
    void aRestartOnTheSameFolderFindsItsTopicsAgain() throws Exception {
        int port = FreePort.find();
        try (EmbeddedKafka first = EmbeddedKafka.start(folder, port);
                Admin admin = Admin.create(Map.of("bootstrap.servers", first.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }

        try (EmbeddedKafka second = EmbeddedKafka.start(folder);
                Admin admin = Admin.create(Map.of("bootstrap.servers", second.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).containsExactly("kept");
        }
    }

    @Test
    void aFolderServesOneBrokerAtATime() throws Exception {
        try (EmbeddedKafka first = EmbeddedKafka.start(folder)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another embedded broker runs on the folder, folder=" + folder);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", first.bootstrapServers()))) {
                assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).isEmpty();
            }
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port=" + taken.getLocalPort());
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "not a folder");

        assertThatThrownBy(() -> EmbeddedKafka.start(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a-file");
    }

    @Test
    void closingTwiceIsHarmlessAndLeavesNoTemporaryFolder() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
        Path temporary = kafka.folder();
        assertThat(temporary).isDirectory();

        kafka.close();
        kafka.close();

        assertThat(temporary).doesNotExist();
    }
}
