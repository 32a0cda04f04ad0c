package dev.understudy.capture.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.capture.CaptureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterFileTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("deep").resolve("counter");
    }

    @Test
    void countsOnAcrossOpenings() {
        UUID agent;
        try (CounterFile file = CounterFile.open(file())) {
            agent = file.agent();
            assertThat(file.get()).isZero();
            assertThat(file.increment()).isEqualTo(1);
            assertThat(file.increment()).isEqualTo(2);
        }
        try (CounterFile file = CounterFile.open(file())) {
            assertThat(file.get()).isEqualTo(2);
            assertThat(file.agent()).isEqualTo(agent);
        }
    }

    @Test
    void knowsWhetherTheLastEpochClosed() {
        try (CounterFile file = CounterFile.open(file())) {
            assertThat(file.isClosed()).as("nothing has begun").isTrue();
            assertThat(file.beginEpoch()).isEqualTo(1);
            assertThat(file.isClosed()).isFalse();
            file.closeEpoch();
            assertThat(file.isClosed()).isTrue();
            assertThat(file.beginEpoch()).isEqualTo(2);
        }
        try (CounterFile file = CounterFile.open(file())) {
            assertThat(file.isClosed()).isFalse();
            assertThat(file.epochs()).isEqualTo(2);
        }
    }

    @Test
    void everyNumberIsGivenOnce() throws InterruptedException {
        Set<Long> numbers = ConcurrentHashMap.newKeySet();
        try (CounterFile file = CounterFile.open(file())) {
            Thread[] threads = new Thread[4];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = new Thread(() -> {
                    for (int n = 0; n < 10_000; n++) {
                        numbers.add(file.increment());
                    }
                });
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(file.get()).isEqualTo(40_000);
        }
        assertThat(numbers).hasSize(40_000);
    }

    @Test
    void secondOpeningIsRefusedUntilTheFirstIsClosed() {
        CounterFile first = CounterFile.open(file());
        assertThatThrownBy(() -> CounterFile.open(file()))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("another agent runs this capture");
        first.close();
        first.close();
        CounterFile.open(file()).close();
    }

    @Test
    void foreignFileIsRefused() throws Exception {
        Path foreign = directory.resolve("foreign");
        Files.write(foreign, new byte[8192]);
        assertThatThrownBy(() -> CounterFile.open(foreign))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("expected a counter file");
    }

    @Test
    void unusableDirectoryIsSaid() throws Exception {
        Path inTheWay = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> CounterFile.open(inTheWay.resolve("counter")))
                .isInstanceOfSatisfying(
                        CaptureException.class,
                        e -> assertThat(e.category()).isEqualTo(CaptureException.Category.STORAGE));
    }
}
