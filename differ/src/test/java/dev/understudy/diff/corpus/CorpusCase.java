package dev.understudy.diff.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * A case of the corpus.
 *
 * @param id unique in the corpus
 * @param node as it is written
 * @param exchanges what is sent and answered, in order; more than one only where one depends on another
 * @param expected what must be said of it
 * @param binary whether its answers are in binary format
 */
record CorpusCase(String id, JsonNode node, List<JsonNode> exchanges, Expected expected, boolean binary) {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "doc",
            "sql",
            "params",
            "columns",
            "recorded",
            "control",
            "candidate",
            "migrated",
            "exchanges",
            "formats",
            "broken_off",
            "open",
            "expect");

    CorpusCase {
        node.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException("case=" + id + " unknown field=" + field);
            }
        });
        if (node.path("doc").asText().isEmpty()) {
            throw new IllegalArgumentException("case=" + id + " does not say which chapter it comes from");
        }
        exchanges = List.copyOf(exchanges);
    }

    /** Whether the control answers exactly what production did, so that the migration alone is to blame. */
    boolean controlAsRecorded() {
        return exchanges.size() == 1
                && exchanges.get(0).path("control").asText().equals("recorded");
    }

    @Override
    public String toString() {
        return binary ? id + "/binary" : id;
    }
}
