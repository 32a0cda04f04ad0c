package dev.understudy.diff.value;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.diff.difference.DifferenceClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON documents: member by member; numbers by value; the order of members and white space are format. */
final class JsonComparison {
    /** Further differing members of one document are not told apart. */
    private static final int MAX_CHANGES = 8;

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    /** Numbers keep every digit. */
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private final List<ValueChange> changes = new ArrayList<>();

    private JsonComparison() {}

    static List<ValueChange> changes(String before, String after) {
        JsonNode a = parse(before);
        JsonNode b = parse(after);
        if (a == null || b == null) {
            ValueChange change = TextComparison.change(before, after);
            return change == null ? List.of() : List.of(change);
        }
        JsonComparison comparison = new JsonComparison();
        comparison.compare("$", a, b);
        if (comparison.changes.isEmpty()) {
            return List.of(new ValueChange(DifferenceClass.VALUE_JSON_FORMAT_ONLY, "written differently"));
        }
        return comparison.changes;
    }

    /** The document; null where the text is none, or repeats a key, so that only the text itself tells it all. */
    private static @Nullable JsonNode parse(String text) {
        try {
            JsonNode tree = READER.readValue(text);
            return tree == null || tree.isMissingNode() ? null : tree;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (changes.size() >= MAX_CHANGES) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            objects(path, before, after);
        } else if (before.isArray() && after.isArray()) {
            arrays(path, before, after);
        } else if (before.isNumber() && after.isNumber()) {
            numbers(path, before.decimalValue(), after.decimalValue());
        } else if (!before.equals(after)) {
            add(path, transition(before, after));
        }
    }

    private void objects(String path, JsonNode before, JsonNode after) {
        TreeSet<String> keys = new TreeSet<>();
        for (Map.Entry<String, JsonNode> member : before.properties()) {
            keys.add(member.getKey());
        }
        for (Map.Entry<String, JsonNode> member : after.properties()) {
            keys.add(member.getKey());
        }
        for (String key : keys) {
            String inner = path + "." + (PLAIN_KEY.matcher(key).matches() ? key : "*");
            JsonNode a = before.get(key);
            JsonNode b = after.get(key);
            if (a == null) {
                add(inner, "member added");
            } else if (b == null) {
                add(inner, "member gone");
            } else {
                compare(inner, a, b);
            }
        }
    }

    private void arrays(String path, JsonNode before, JsonNode after) {
        if (before.size() != after.size()) {
            add(path + "[*]", after.size() < before.size() ? "fewer elements" : "more elements");
            return;
        }
        Iterator<JsonNode> others = after.iterator();
        for (JsonNode element : before) {
            compare(path + "[*]", element, others.next());
        }
    }

    private void numbers(String path, BigDecimal before, BigDecimal after) {
        if (before.compareTo(after) != 0) {
            ValueChange change = NumberComparison.decimals(before, after);
            add(path, change == null ? "number" : change.transition());
        }
    }

    private static String transition(JsonNode before, JsonNode after) {
        if (before.isTextual() && after.isTextual()) {
            ValueChange change = TextComparison.change(before.textValue(), after.textValue());
            return change == null ? "text" : change.transition();
        }
        return label(before) + " → " + label(after);
    }

    private static @Nullable String label(JsonNode node) {
        return node.isBoolean() || node.isNull()
                ? node.toString()
                : node.getNodeType().toString().toLowerCase(java.util.Locale.ROOT);
    }

    private void add(String path, String transition) {
        if (changes.size() < MAX_CHANGES) {
            changes.add(new ValueChange(DifferenceClass.VALUE_JSON_PATH, path, transition));
        }
    }
}
