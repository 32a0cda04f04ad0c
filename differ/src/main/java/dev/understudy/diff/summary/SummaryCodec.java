package dev.understudy.diff.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.diff.attribute.Timeline;
import dev.understudy.diff.attribute.Window;
import dev.understudy.diff.tally.TallyEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One piece of a partition's tally as a record of the summary topic, which is compacted: the last record of a key is what
 * counts, one without a value takes its piece away.
 *
 * <p>Key: <pre>{"sums": DIGEST, "partition": N, "kind": KIND, "id": ID}</pre> DIGEST tells sums that were made in another
 * way: with another baseline, by another version. KIND is one of {@code sums} (one per partition: how far it was read
 * and what there is one of), {@code statement}, {@code table}, {@code column}, {@code group}, {@code odd}, {@code error},
 * {@code claims}, {@code failure} and {@code windows}.
 *
 * <p>Value: the fields of the {@link TallyEntry} of that kind, as JSON. Windows, of which there are many, are
 * {@code {"timeline": NAME, "segment": N, "windows": [...]}} with five numbers each: the beginning and the length on the
 * left, the same on the right, each beginning less that of the window before, and the entry's length.
 *
 * <p>Thread-safe.
 */
public final class SummaryCodec {
    /** Raised with every change of what is kept: sums of another version are not gone on with. */
    public static final int VERSION = 2;

    private static final int NUMBERS = 5;
    private static final String WINDOWS = "windows";
    private static final Map<String, Class<? extends TallyEntry>> KINDS = Map.of(
            "sums", TallyEntry.Sums.class,
            "statement", TallyEntry.StatementSums.class,
            "table", TallyEntry.TableSums.class,
            "column", TallyEntry.ColumnSums.class,
            "group", TallyEntry.GroupSums.class,
            "odd", TallyEntry.OddSums.class,
            "error", TallyEntry.ErrorSums.class,
            "claims", TallyEntry.Claims.class,
            "failure", TallyEntry.Failure.class);

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private SummaryCodec() {}

    /**
     * A record's key.
     *
     * @param sums the digest of how the sums are made
     * @param partition of the outcomes
     * @param name the piece
     */
    public record Key(String sums, int partition, TallyEntry.Name name) {}

    /** The bytes of a key: the same for the same key. */
    public static byte[] writeKey(Key key) {
        return bytes(JSON.createObjectNode()
                .put("sums", key.sums())
                .put("partition", key.partition())
                .put("kind", key.name().kind())
                .put("id", key.name().id()));
    }

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Key readKey(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            return new Key(
                    node.required("sums").asText(),
                    node.required("partition").asInt(),
                    new TallyEntry.Name(
                            node.required("kind").asText(), node.required("id").asText()));
        } catch (IOException e) {
            throw new IllegalArgumentException("summary key: expected a JSON object, found " + e.getMessage(), e);
        }
    }

    /** The bytes of a piece. */
    public static byte[] writeValue(TallyEntry entry) {
        return entry instanceof TallyEntry.Windows windows ? bytes(windows(windows)) : bytes(entry);
    }

    /**
     * Reads a piece.
     *
     * @throws IllegalArgumentException if it is none of that kind
     */
    public static TallyEntry readValue(String kind, byte[] bytes) {
        try {
            if (kind.equals(WINDOWS)) {
                return windows(JSON.readTree(bytes));
            }
            Class<? extends TallyEntry> type = KINDS.get(kind);
            if (type == null) {
                throw new IllegalArgumentException("summary kind=" + kind + ": expected one of " + KINDS.keySet());
            }
            return JSON.readValue(bytes, type);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "summary kind=" + kind + ": expected its fields as JSON, found " + e.getMessage(), e);
        }
    }

    private static ObjectNode windows(TallyEntry.Windows windows) {
        ObjectNode node =
                JSON.createObjectNode().put("timeline", windows.timeline()).put("segment", windows.segment());
        var numbers = node.putArray(WINDOWS);
        long left = 0;
        long right = 0;
        for (Timeline.Entry entry : windows.entries()) {
            numbers.add(entry.left().from() - left)
                    .add(entry.left().to() - entry.left().from())
                    .add(entry.right().from() - right)
                    .add(entry.right().to() - entry.right().from())
                    .add(entry.length());
            left = entry.left().from();
            right = entry.right().from();
        }
        return node;
    }

    private static TallyEntry.Windows windows(JsonNode node) {
        JsonNode numbers = node.required(WINDOWS);
        if (numbers.size() % NUMBERS != 0) {
            throw new IllegalArgumentException(
                    "summary windows: expected " + NUMBERS + " numbers each, found " + numbers.size() + " in all");
        }
        List<Timeline.Entry> entries = new ArrayList<>(numbers.size() / NUMBERS);
        long left = 0;
        long right = 0;
        for (int i = 0; i < numbers.size(); i += NUMBERS) {
            left += numbers.get(i).asLong();
            right += numbers.get(i + 2).asLong();
            entries.add(new Timeline.Entry(
                    new Window(left, left + numbers.get(i + 1).asLong()),
                    new Window(right, right + numbers.get(i + 3).asLong()),
                    numbers.get(i + 4).asInt()));
        }
        return new TallyEntry.Windows(
                node.required("timeline").asText(), node.required("segment").asLong(), entries);
    }

    private static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of strings and numbers could not be written", e);
        }
    }
}
