package dev.understudy.diff.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads the corpus. */
final class CorpusFiles {
    private static final List<String> FILES = List.of(
            "numbers.yaml",
            "times.yaml",
            "texts.yaml",
            "structures.yaml",
            "rows.yaml",
            "statements.yaml",
            "attribution.yaml",
            "noise.yaml");
    private static final YAMLMapper YAML = new YAMLMapper();

    private final BinaryForms binaryForms;

    CorpusFiles(BinaryForms binaryForms) {
        this.binaryForms = binaryForms;
    }

    /** All cases, each once for every format that it can be answered in. */
    List<CorpusCase> cases() {
        List<CorpusCase> all = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String file : FILES) {
            JsonNode root = yaml(file);
            root.path("values").forEach(value -> add(all, ids, spelledOut(value)));
            root.path("cases").forEach(each -> add(all, ids, each));
        }
        return all;
    }

    /** Why cases fail that are known to, by id. */
    static Map<String, String> knownFailing() {
        Map<String, String> known = new HashMap<>();
        text("known-failing.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    String[] parts = line.split(" ", 2);
                    known.put(parts[0], parts.length > 1 ? parts[1] : "");
                });
        return known;
    }

    static JsonNode yaml(String file) {
        try {
            return YAML.readTree(text(file));
        } catch (IOException e) {
            throw new UncheckedIOException("file=" + file, e);
        }
    }

    static String text(String file) {
        try (InputStream in = Objects.requireNonNull(CorpusFiles.class.getResourceAsStream("/corpus/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("file=" + file, e);
        }
    }

    private void add(List<CorpusCase> all, Set<String> ids, JsonNode node) {
        String id = node.path("id").asText();
        if (!ids.add(id)) {
            throw new IllegalArgumentException("case=" + id + " is there twice");
        }
        List<JsonNode> exchanges = new ArrayList<>();
        if (node.has("exchanges")) {
            node.path("exchanges").forEach(exchanges::add);
        } else {
            exchanges.add(node);
        }
        Expected expected = Expected.of(node.path("expect"));
        Set<String> formats = new HashSet<>();
        node.path("formats").forEach(format -> formats.add(format.asText()));
        if (formats.isEmpty() || formats.contains("text")) {
            all.add(new CorpusCase(id, node, exchanges, expected, false));
        }
        boolean possible = exchanges.stream().allMatch(binaryForms::has);
        if (formats.contains("binary") && !possible) {
            throw new IllegalArgumentException("case=" + id + " has values whose binary form is not in binary.tsv");
        }
        if (possible && (formats.isEmpty() || formats.contains("binary"))) {
            all.add(new CorpusCase(id, node, exchanges, expected, true));
        }
    }

    /** The case that a pair of values stands for. */
    private static JsonNode spelledOut(JsonNode value) {
        ObjectNode node = YAML.createObjectNode();
        node.set("id", value.path("id"));
        node.set("doc", value.path("doc"));
        if (value.has("formats")) {
            node.set("formats", value.path("formats"));
        }
        node.put("sql", "SELECT v FROM t WHERE id = 1");
        node.putArray("columns").add("v " + value.path("type").asText());
        node.putArray("recorded").addArray().add(value.path("before"));
        node.put("control", "recorded");
        node.putArray("candidate").addArray().add(value.path("after"));
        JsonNode expect = value.path("expect");
        if (expect.asText().equals("same")) {
            return node.put("expect", "same");
        }
        ArrayNode all = node.putArray("expect");
        if (expect.isArray()) {
            expect.forEach(each -> all.add(each.isTextual() ? difference(each.asText(), value) : each));
        } else {
            all.add(difference(expect.asText(), value));
        }
        return node;
    }

    /** {@code CLASS} or {@code CLASS path}. */
    private static ObjectNode difference(String written, JsonNode value) {
        String[] parts = written.split(" ", 2);
        ObjectNode node = YAML.createObjectNode();
        node.put("class", parts[0]);
        node.put("path", parts.length > 1 ? parts[1] : value.path("path").asText("v"));
        node.put("attribution", "migration");
        if (value.has("transition")) {
            node.set("transition", value.path("transition"));
        }
        return node;
    }
}
