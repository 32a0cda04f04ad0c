package dev.understudy.trace.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.SampleEntries;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The format's version 1, byte for byte, one file per kind of entry, kept forever: what was captured once can always be
 * read, and a writer of version 1 writes just this.
 *
 * <p>These files are never regenerated. A change that breaks them needs a NEW version of the format: raise it in
 * Envelope.Kind, keep reading version 1, add a folder {@code v2} and write its files once, by running this test with
 * {@code -Dgoldens.write=src/test/resources/goldens/v2}.
 */
class GoldenTest {
    private static final String FOLDER = "/goldens/v1/";

    private static final ChunkHeader HEADER = new ChunkHeader(
            new UUID(0x0123456789abcdefL, 0xfedcba9876543210L),
            3,
            1,
            2,
            77,
            999_990,
            1_000_020,
            81_234_567_000_000L,
            1_790_000_000_000_000L,
            250);

    static List<List<Entry>> kinds() {
        return List.of(
                SampleEntries.exchanges(),
                SampleEntries.begun(),
                SampleEntries.done(),
                SampleEntries.parts(),
                SampleEntries.sessionStarts(),
                SampleEntries.sessionEnds(),
                SampleEntries.sessionSnapshots(),
                SampleEntries.asyncs(),
                SampleEntries.cancels(),
                SampleEntries.gaps(),
                SampleEntries.skips(),
                SampleEntries.cuts(),
                SampleEntries.heartbeats(),
                SampleEntries.catalogs());
    }

    @Test
    void noKindIsForgotten() {
        assertThat(kinds().stream().<Object>map(entries -> entries.get(0).getClass()))
                .containsExactlyInAnyOrder((Object[]) Entry.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindIsWrittenAndReadAsEver(List<Entry> entries) throws IOException {
        ChunkWriter writer = new ChunkWriter(Chunk.MAX_BYTES);
        entries.forEach(entry -> assertThat(writer.add(entry)).isTrue());
        ByteBuf written = writer.close(HEADER);
        String name = entries.get(0).getClass().getSimpleName().toLowerCase(Locale.ROOT) + ".chunk.hex";
        writeWhereAsked(name, written);

        ByteBuf golden = golden(name);

        assertThat(ByteBufUtil.hexDump(written)).isEqualTo(ByteBufUtil.hexDump(golden));
        assertThat(ChunkReader.read(golden)).isEqualTo(new Chunk(HEADER, entries));
    }

    private static ByteBuf golden(String name) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream(FOLDER + name)) {
            assertThat(in).as(FOLDER + name).isNotNull();
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
            return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        }
    }

    private static void writeWhereAsked(String name, ByteBuf bytes) throws IOException {
        String folder = System.getProperty("goldens.write");
        if (folder != null) {
            Files.createDirectories(Path.of(folder));
            Files.writeString(Path.of(folder, name), ByteBufUtil.hexDump(bytes).replaceAll("(.{120})", "$1\n") + "\n");
        }
    }
}
