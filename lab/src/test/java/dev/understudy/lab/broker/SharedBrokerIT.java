package dev.understudy.lab.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.understudy.lab.FolderLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedBrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path dataDir;

    @AfterEach
    void nothingIsLeftRunning() throws IOException {
        new BrokerFolder(dataDir)
                .address()
                .flatMap(address -> ProcessHandle.of(address.pid()))
                .ifPresent(process -> {
                    process.destroy();
                    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
                });
    }

    @Test
    void concurrentAndLaterCommandsShareOneBroker() throws Exception {
        ExecutorService commands = Executors.newFixedThreadPool(4);
        List<SharedBroker> holds = new ArrayList<>();
        try {
            List<Callable<SharedBroker>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                calls.add(() -> SharedBroker.hold(dataDir, launch(5_000), PATIENCE));
            }
            for (Future<SharedBroker> call : commands.invokeAll(calls)) {
                holds.add(call.get());
            }
            holds.add(SharedBroker.hold(dataDir, List.of("/no/such/command"), PATIENCE));

            assertThat(holds)
                    .extracting(SharedBroker::bootstrapServers)
                    .containsOnly(holds.get(0).bootstrapServers());
        } finally {
            commands.shutdownNow();
            for (SharedBroker hold : holds) {
                hold.close();
            }
        }
    }

    @Test
    void itStaysWhileHeldAndEndsCleanlyWhenNobodyHoldsIt() throws Exception {
        ProcessHandle process;
        try (SharedBroker first = SharedBroker.hold(dataDir, launch(300), PATIENCE)) {
            process = process();
            createTopic(first, "kept");
            // Longer than the linger time: the hold alone keeps it.
            assertThat(process.onExit()).isNotDone();
            await().during(Duration.ofMillis(900)).atMost(Duration.ofSeconds(5)).until(process::isAlive);
        }
        process.onExit().get(30, TimeUnit.SECONDS);
        assertThat(new BrokerFolder(dataDir).address()).isEmpty();

        try (SharedBroker second = SharedBroker.hold(dataDir, launch(300), PATIENCE)) {
            assertThat(topics(second)).containsExactly("kept");
        }
    }

    @Test
    void aKilledBrokerIsRecognisedAndReplacedWithItsTopicsOnItsPort() throws Exception {
        String address;
        ProcessHandle process;
        try (SharedBroker first = SharedBroker.hold(dataDir, launch(30_000), PATIENCE)) {
            address = first.bootstrapServers();
            createTopic(first, "kept");
            process = process();
        }
        process.destroyForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
        assertThat(new BrokerFolder(dataDir).address()).isPresent();

        try (SharedBroker second = SharedBroker.hold(dataDir, launch(30_000), PATIENCE)) {
            assertThat(topics(second)).containsExactly("kept");
            assertThat(second.bootstrapServers()).isEqualTo(address);
        }
    }

    @Test
    void whoHoldsAKilledBrokerStartsTheNextAndHoldsThat() throws Exception {
        try (SharedBroker holder = SharedBroker.hold(dataDir, launch(300), PATIENCE)) {
            createTopic(holder, "kept");
            ProcessHandle first = process();
            first.destroyForcibly();
            first.onExit().get(30, TimeUnit.SECONDS);

            await().atMost(PATIENCE)
                    .until(() -> new BrokerFolder(dataDir)
                            .address()
                            .filter(address -> address.pid() != first.pid())
                            .isPresent());
            ProcessHandle second = process();
            await().during(Duration.ofMillis(900)).atMost(Duration.ofSeconds(5)).until(second::isAlive);
            assertThat(topics(holder)).containsExactly("kept");
        }
    }

    @Test
    void anotherServerOnTheControlPortIsNotTakenForABroker() throws Exception {
        try (ServerSocket impostor = new ServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Thread answering = new Thread(() -> {
                try (var client = impostor.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            answering.start();
            new BrokerFolder(dataDir)
                    .publish(new BrokerAddress(
                            "127.0.0.1:1",
                            impostor.getLocalPort(),
                            "a-token",
                            ProcessHandle.current().pid()));

            try (SharedBroker broker = SharedBroker.hold(dataDir, launch(300), PATIENCE)) {
                assertThat(topics(broker)).isEmpty();
            }
            answering.join();
        }
    }

    @Test
    void aFailedStartNamesTheLogAndItsLastLines() throws Exception {
        Files.createDirectories(dataDir.resolve("broker"));
        Files.writeString(dataDir.resolve("broker/kafka"), "a file where the folder should be");

        assertThatThrownBy(() -> SharedBroker.hold(dataDir, launch(300), PATIENCE))
                .isInstanceOf(BrokerUnavailable.class)
                .hasMessageContaining("ended with code")
                .hasMessageContaining(dataDir.resolve("broker/broker.log").toString())
                .hasMessageContaining("FileAlreadyExistsException");
    }

    @Test
    void aLaunchThatCannotBeIsSaid() {
        assertThatThrownBy(() -> SharedBroker.hold(dataDir, List.of("/no/such/command"), PATIENCE))
                .isInstanceOf(BrokerUnavailable.class)
                .hasMessageContaining("/no/such/command");
    }

    @Test
    void waitingIsBounded() throws Exception {
        try (FolderLock running = new BrokerFolder(dataDir).tryRunning().orElseThrow()) {
            assertThat(running).isNotNull();
            assertThatThrownBy(() -> SharedBroker.hold(dataDir, launch(300), Duration.ofMillis(200)))
                    .isInstanceOf(BrokerUnavailable.class)
                    .hasMessageContaining("does not serve within");
        }
    }

    private List<String> launch(long lingerMillis) {
        return SharedBroker.javaCommand(
                TestBrokerMain.class.getName(), dataDir.toString(), Long.toString(lingerMillis));
    }

    private ProcessHandle process() throws IOException {
        return ProcessHandle.of(
                        new BrokerFolder(dataDir).address().orElseThrow().pid())
                .orElseThrow();
    }

    private static void createTopic(SharedBroker broker, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static java.util.Set<String> topics(SharedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTopics().names().get(30, TimeUnit.SECONDS);
        }
    }
}
