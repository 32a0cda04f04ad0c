package dev.understudy.capture.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.capture.CaptureException;
import dev.understudy.capture.spool.LaneSpool.Frame;
import dev.understudy.trace.chunk.Chunk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final long MEGABYTES = 8L << 20;
    private static final int LARGE = 400_000;

    @TempDir
    Path directory;

    private Spool open() {
        return Spool.open(directory, 1, MEGABYTES);
    }

    private static void append(LaneSpool lane, long seq, int bytes) throws IOException {
        assertThat(lane.tryReserve()).isTrue();
        lane.append(Chunks.chunk(seq, bytes));
    }

    private static List<Frame> all(LaneSpool lane) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = lane.next(); frame != null; frame = lane.next()) {
            frames.add(frame);
        }
        return frames;
    }

    private static List<Long> seqs(List<Frame> frames) {
        return frames.stream().map(frame -> Chunks.seq(frame.chunk())).toList();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("lane-0"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void chunksComeOutInOrderAndOnce() throws IOException {
        try (Spool spool = open()) {
            LaneSpool lane = spool.lane(0);
            for (int seq = 0; seq < 6; seq++) {
                append(lane, seq, LARGE);
            }
            assertThat(seqs(all(lane))).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
            assertThat(lane.next()).isNull();
            append(lane, 6, 10);
            assertThat(seqs(all(lane))).containsExactly(6L);
        }
    }

    @Test
    void acknowledgedSegmentsAreDeletedAndGiveRoomBack() throws IOException {
        try (Spool spool = open()) {
            LaneSpool lane = spool.lane(0);
            for (int seq = 0; seq < 10; seq++) {
                append(lane, seq, LARGE);
            }
            List<Frame> frames = all(lane);
            long used = spool.usedBytes();
            assertThat(segments()).hasSizeGreaterThan(2);
            frames.forEach(lane::acknowledge);
            assertThat(segments()).hasSizeLessThanOrEqualTo(1);
            assertThat(spool.usedBytes()).isLessThan(used / 2);
            assertThat(spool.isSettled()).isTrue();
        }
    }

    @Test
    void acknowledgementsOutOfOrderFreeOnlyWhatIsBehindNoGap() throws IOException {
        try (Spool spool = open()) {
            LaneSpool lane = spool.lane(0);
            for (int seq = 0; seq < 4; seq++) {
                append(lane, seq, LARGE);
            }
            List<Frame> frames = all(lane);
            frames.subList(1, 4).forEach(lane::acknowledge);
            long pending = spool.pendingBytes();
            assertThat(pending).isGreaterThan(4L * LARGE);
            lane.acknowledge(frames.get(0));
            assertThat(spool.pendingBytes()).isZero();
        }
    }

    @Test
    void rewindHandsOutAgainWhatWasNotAcknowledged() throws IOException {
        try (Spool spool = open()) {
            LaneSpool lane = spool.lane(0);
            for (int seq = 0; seq < 8; seq++) {
                append(lane, seq, LARGE);
            }
            List<Frame> frames = all(lane);
            lane.acknowledge(frames.get(0));
            lane.acknowledge(frames.get(1));
            lane.acknowledge(frames.get(4));
            lane.rewind();
            assertThat(seqs(all(lane))).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
            lane.acknowledge(frames.get(2));
            assertThat(spool.isSettled()).as("a receipt from before the rewind").isFalse();
        }
    }

    @Test
    void boundHoldsAndRoomComesBackWithAQuarterFree() throws IOException {
        try (Spool spool = open()) {
            LaneSpool lane = spool.lane(0);
            int count = 0;
            while (lane.tryReserve()) {
                lane.append(Chunks.chunk(count++, LARGE));
            }
            assertThat(spool.usedBytes()).isBetween(MEGABYTES - Spool.RESERVED, MEGABYTES);
            List<Frame> frames = all(lane);
            int acknowledged = 0;
            while (!lane.tryReserve()) {
                lane.acknowledge(frames.get(acknowledged++));
            }
            assertThat(spool.usedBytes() - Spool.RESERVED).isLessThanOrEqualTo(MEGABYTES - MEGABYTES / 4);
            assertThat(acknowledged).isGreaterThan(count / 5);
        }
    }

    @Test
    void settledActiveSegmentMakesRoomForItself() throws IOException {
        try (Spool spool = Spool.open(directory, 1, 4L * Chunk.MAX_BYTES)) {
            LaneSpool lane = spool.lane(0);
            for (int seq = 0; seq < 50; seq++) {
                append(lane, seq, LARGE);
                all(lane).forEach(lane::acknowledge);
            }
            assertThat(spool.isSettled()).isTrue();
        }
    }

    @Test
    void whatIsLeftIsFoundAgainAndGoesFirst() throws IOException {
        try (Spool spool = open()) {
            LaneSpool lane = spool.lane(0);
            for (int seq = 0; seq < 5; seq++) {
                append(lane, seq, LARGE);
            }
        }
        try (Spool spool = open()) {
            LaneSpool lane = spool.lane(0);
            append(lane, 100, 10);
            assertThat(seqs(all(lane))).containsExactly(0L, 1L, 2L, 3L, 4L, 100L);
            assertThat(spool.usedBytes()).isGreaterThan(5L * LARGE);
        }
    }

    @Test
    void settledSpoolLeavesNothingBehind() throws IOException {
        try (Spool spool = open()) {
            append(spool.lane(0), 0, 10);
            all(spool.lane(0)).forEach(spool.lane(0)::acknowledge);
        }
        assertThat(segments()).isEmpty();
    }

    /** Cut at every byte of the last frame, and once with a byte changed: the frames before it are all there. */
    @Test
    void tornTailCostsOnlyTheLastChunk() throws IOException {
        try (Spool spool = open()) {
            append(spool.lane(0), 0, 20);
            append(spool.lane(0), 1, 20);
        }
        Path segment = segments().get(0);
        byte[] whole = Files.readAllBytes(segment);
        int frame = whole.length / 2;
        for (int length = frame; length < whole.length; length++) {
            Files.write(segment, java.util.Arrays.copyOf(whole, length));
            assertThat(recovered()).as("cut at %d of %d", length, whole.length).containsExactly(0L);
        }
        Files.write(segment, whole);
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(whole.length - 3);
            file.write(~whole[whole.length - 3]);
        }
        assertThat(recovered()).as("one byte changed").containsExactly(0L);
    }

    private List<Long> recovered() throws IOException {
        try (Spool spool = open()) {
            List<Long> seqs = seqs(all(spool.lane(0)));
            spool.lane(0).rewind();
            return seqs;
        }
    }

    @Test
    void moreLanesThanConfiguredAreRefused() {
        Spool.open(directory, 3, MEGABYTES).close();
        assertThatThrownBy(() -> Spool.open(directory, 2, MEGABYTES))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("more than 2 lanes");
    }
}
