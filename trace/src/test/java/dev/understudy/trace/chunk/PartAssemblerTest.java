package dev.understudy.trace.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.Values;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogBuilder;
import dev.understudy.trace.catalog.RandomCatalogs;
import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.CatalogEntry;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Part;
import dev.understudy.trace.entry.Segment;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartAssemblerTest {
    private static final ExchangeId ID = new ExchangeId(5, 2);

    private final PartAssembler assembler = new PartAssembler(100);

    @Test
    void joinsPiecesAsARecorderStreamsThem() {
        assertThat(assembler.accept(part(ID, Part.Of.REQUEST, 0, "ab"))).isNull();
        assertThat(assembler.accept(part(ID, Part.Of.ANSWER, 0, "xy"))).isNull();
        assertThat(assembler.accept(part(ID, Part.Of.REQUEST, 1, "cd"))).isNull();
        assertThat(assembler.heldBytes()).isEqualTo(6);

        assertThat(assembler.accept(exchange(ID, "", 2, "", 1))).isEqualTo(exchange(ID, "abcd", 0, "xy", 0));
        assertThat(assembler.heldBytes()).isZero();
    }

    @Test
    void putsWhatStandsInTheEntryItselfBehindItsPieces() {
        assembler.accept(part(ID, Part.Of.ANSWER, 0, "xy"));
        assertThat(assembler.accept(exchange(ID, "q", 0, "z", 1))).isEqualTo(exchange(ID, "q", 0, "xyz", 0));
    }

    @Test
    void leavesAnEntryUnjoinedWhereAPieceIsMissing() {
        assembler.accept(part(ID, Part.Of.ANSWER, 1, "second"));
        Exchange entry = exchange(ID, "q", 0, "", 2);
        assertThat(assembler.accept(entry)).isEqualTo(entry);
        assertThat(assembler.dropped()).isEqualTo(1);
        assertThat(assembler.heldBytes()).isZero();
    }

    @Test
    void leavesAnEntryUnjoinedWhereTheCountDiffers() {
        assembler.accept(part(ID, Part.Of.REQUEST, 0, "one"));
        Exchange entry = exchange(ID, "", 2, "a", 0);
        assertThat(assembler.accept(entry)).isEqualTo(entry);
        assertThat(assembler.dropped()).isEqualTo(1);
    }

    @Test
    void givesUpPiecesBeyondItsBound() {
        assembler.accept(part(ID, Part.Of.ANSWER, 0, "x".repeat(60)));
        assembler.accept(part(ID, Part.Of.ANSWER, 1, "x".repeat(60)));
        assertThat(assembler.heldBytes()).isZero();
        assembler.accept(part(ID, Part.Of.ANSWER, 2, "x"));
        Exchange entry = exchange(ID, "q", 0, "", 3);
        assertThat(assembler.accept(entry)).isEqualTo(entry);
        assertThat(assembler.dropped()).isEqualTo(3);
        assertThat(assembler.accept(part(ID, Part.Of.ANSWER, 0, "y".repeat(100))))
                .isNull();
        assertThat(assembler.heldBytes()).isEqualTo(100);
    }

    @Test
    void dropsWhatNoEntryWillCount() {
        assembler.accept(part(ID, Part.Of.REQUEST, 0, "left over"));
        assembler.accept(part(new ExchangeId(6, 0), Part.Of.REQUEST, 0, "another session's"));
        ExchangeId later = new ExchangeId(5, 3);
        assertThat(assembler.accept(exchange(later, "q", 0, "a", 0))).isEqualTo(exchange(later, "q", 0, "a", 0));
        assertThat(assembler.dropped()).isEqualTo(1);
        SessionEnd end = new SessionEnd(1, 6, 0, 1, 0, SessionEnd.Reason.CLIENT_CLOSED, 0);
        assertThat(assembler.accept(end)).isSameAs(end);
        assertThat(assembler.dropped()).isEqualTo(2);
        assertThat(assembler.heldBytes()).isZero();
    }

    @Test
    void joinsACatalogThatExceedsAChunk() {
        Values values = new Values(new Random(1));
        List<Catalog.Sequence> many = Stream.generate(() -> RandomCatalogs.sequence(values))
                .limit(10_000)
                .toList();
        CatalogEntry entry =
                new CatalogEntry(9, new CatalogBuilder("big").sequences(many).build());
        ChunkWriter writer = new ChunkWriter(Chunk.MAX_BYTES);
        PartAssembler large = new PartAssembler(PartAssembler.DEFAULT_MAX_BYTES);

        List<Entry> split = Parts.split(entry, writer.maxEntryBytes());

        assertThat(split.size()).isGreaterThan(1);
        List<Entry> joined = split.stream()
                .map(large::accept)
                .filter(java.util.Objects::nonNull)
                .toList();
        assertThat(joined).containsExactly(entry);
    }

    @Test
    void rejectsPartsThatMakeUpNoEntry() {
        ByteBuf lying = Unpooled.buffer().writeInt(-1).writeByte(1);
        assertThatThrownBy(() -> assembler.accept(new Part(1, ID, Part.Of.ENTRY, 0, lying)))
                .isInstanceOf(ChunkFormatException.class)
                .hasMessageContaining("entry in parts: expected a length");
        ByteBuf unknown = Unpooled.buffer().writeInt(2).writeByte(99).writeByte(0);
        assertThatThrownBy(() -> assembler.accept(new Part(1, ID, Part.Of.ENTRY, 0, unknown)))
                .isInstanceOf(ChunkFormatException.class)
                .hasMessageContaining("an entry of type 1 to 14, not 99");
    }

    private static Part part(ExchangeId id, Part.Of of, int index, String bytes) {
        return new Part(1, id, of, index, bytes(bytes));
    }

    private static Exchange exchange(ExchangeId id, String request, int requestParts, String answer, int parts) {
        return new Exchange(
                1,
                id,
                1,
                TransactionStatus.IDLE,
                Set.of(),
                List.of(new Segment(0, 0, 0, 0)),
                bytes(request),
                requestParts,
                new Answer(bytes(answer), parts, List.of(), List.of(), TransactionStatus.IDLE, 1, 2));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
