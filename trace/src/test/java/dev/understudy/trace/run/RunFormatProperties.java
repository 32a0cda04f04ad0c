package dev.understudy.trace.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.trace.Values;
import dev.understudy.trace.chunk.ChunkFormatException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RunFormatProperties {
    @Property
    void outcomesComeBack(@ForAll long seed) {
        Values values = new Values(new Random(seed));
        OutcomeBatchWriter writer = new OutcomeBatchWriter(values.anyInt());
        for (int seq = 0; seq < 3; seq++) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = values.below(5); i > 0; i--) {
                Outcome outcome = RandomRuns.outcome(values);
                outcomes.add(outcome);
                writer.add(outcome);
            }
            assertThat(writer.outcomes()).isEqualTo(outcomes.size());
            int bytes = writer.bytes();

            ByteBuf encoded = writer.close();

            OutcomeBatch batch = OutcomeBatch.read(encoded);
            assertThat(encoded.readableBytes()).isEqualTo(bytes);
            assertThat(batch.seq()).isEqualTo(seq);
            assertThat(batch.outcomes()).isEqualTo(outcomes);
        }
    }

    @Property(tries = 500)
    void runStartsComeBack(@ForAll long seed) {
        RunStart start = RandomRuns.start(new Values(new Random(seed)));
        assertThat(ControlCodec.read(ControlCodec.write(start))).isEqualTo(start);
    }

    @Property(tries = 500)
    void runEndsComeBack(@ForAll long seed) {
        RunEnd end = RandomRuns.end(new Values(new Random(seed)));
        assertThat(ControlCodec.read(ControlCodec.write(end))).isEqualTo(end);
    }

    @Property(tries = 500)
    void comparisonsOfStateComeBack(@ForAll long seed) {
        StateComparison state = RandomRuns.state(new Values(new Random(seed)));
        assertThat(ControlCodec.read(ControlCodec.write(state))).isEqualTo(state);
    }

    @Property(tries = 500)
    void stampsComeBack(@ForAll long rows, @ForAll long micros, @ForAll String digest) {
        CopyStamps stamps = new CopyStamps(
                "r",
                List.of(new CopyStamps.OfArm(
                        Arm.CANDIDATE, new CopyStamp(15, digest, "s", rows & Long.MAX_VALUE, micros))));
        assertThat(ControlCodec.read(ControlCodec.write(stamps))).isEqualTo(stamps);
    }

    @Property(tries = 500)
    void originsOfViewsComeBack(@ForAll long seed) {
        ViewOrigins views = RandomRuns.views(new Values(new Random(seed)));
        assertThat(ControlCodec.read(ControlCodec.write(views))).isEqualTo(views);
    }

    @Property(tries = 30)
    void cutOffOrFlippedOutcomesAreRejected(@ForAll long seed) {
        OutcomeBatchWriter writer = new OutcomeBatchWriter(0);
        writer.add(RandomRuns.outcome(new Values(new Random(seed))));
        ByteBuf whole = writer.close();
        for (int at = 0; at < whole.readableBytes(); at++) {
            ByteBuf cut = whole.copy(0, at);
            assertThatThrownBy(() -> OutcomeBatch.read(cut)).isInstanceOf(ChunkFormatException.class);
            ByteBuf flipped = flip(whole, at, seed);
            assertThatThrownBy(() -> OutcomeBatch.read(flipped)).isInstanceOf(ChunkFormatException.class);
        }
    }

    @Property(tries = 30)
    void cutOffOrFlippedControlEntriesAreRejected(@ForAll long seed) {
        Values values = new Values(new Random(seed));
        ControlEntry entry = values.coin() ? RandomRuns.start(values) : RandomRuns.state(values);
        ByteBuf whole = ControlCodec.write(entry);
        for (int at = 0; at < whole.readableBytes(); at++) {
            ByteBuf cut = whole.copy(0, at);
            assertThatThrownBy(() -> ControlCodec.read(cut)).isInstanceOf(ChunkFormatException.class);
            ByteBuf flipped = flip(whole, at, seed);
            assertThatThrownBy(() -> ControlCodec.read(flipped)).isInstanceOf(ChunkFormatException.class);
        }
    }

    private static ByteBuf flip(ByteBuf whole, int at, long seed) {
        ByteBuf flipped = whole.copy();
        flipped.setByte(at, flipped.getByte(at) ^ 1 + (int) Math.floorMod(seed + at, 255));
        return flipped;
    }
}
