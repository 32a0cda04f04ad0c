package dev.understudy.diff.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The binary forms of the corpus's values, as a server's send functions gave them: {@code binary.tsv} has a type, the text
 * form as a JSON string and the bytes in each line. Values of user-defined arrays and composites are not in it, since OIDs are in their
 * bytes.
 */
final class BinaryForms {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, byte[]> bytes = new HashMap<>();

    BinaryForms(String tsv) {
        tsv.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split("\t", -1);
            bytes.put(key(parts[0], unescaped(parts[1])), HexFormat.of().parseHex(parts[2]));
        });
    }

    /** The bytes of a value. */
    byte[] of(String type, String text) {
        byte[] found = bytes.get(key(type, text));
        if (found == null) {
            throw new IllegalArgumentException("type=" + type + " value=" + text + " has no binary form");
        }
        return found;
    }

    /** Whether every value of the exchange has one. */
    boolean has(JsonNode exchange) {
        return exchange.has("columns")
                && !exchange.has("except")
                && has(exchange, exchange.path("recorded"))
                && has(exchange, exchange.path("control"))
                && has(exchange, exchange.path("candidate"));
    }

    private boolean has(JsonNode exchange, JsonNode answer) {
        if (answer.isMissingNode() || answer.isTextual()) {
            return true;
        }
        JsonNode rows = answer.isArray() ? answer : answer.path("rows");
        JsonNode columns = answer.has("columns") ? answer.path("columns") : exchange.path("columns");
        if (answer.has("steps") || answer.has("hex") || answer.has("each") || answer.has("unfinished")) {
            return false;
        }
        for (JsonNode row : rows) {
            for (int i = 0; i < row.size(); i++) {
                String type = CorpusSchema.typeName(columns.get(i).asText());
                if (!row.get(i).isNull()
                        && !bytes.containsKey(key(type, row.get(i).asText()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static String key(String type, String text) {
        return type + "\t" + text;
    }

    private static String unescaped(String json) {
        try {
            return JSON.readTree(json).asText();
        } catch (IOException e) {
            throw new UncheckedIOException("value=" + json, e);
        }
    }
}
