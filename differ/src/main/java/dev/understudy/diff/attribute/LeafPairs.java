package dev.understudy.diff.attribute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.diff.compare.Difference;
import dev.understudy.pgwire.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that are not equal inside two values of one form: elements of arrays, members of documents, times within
 * texts. Empty where the forms differ, so that there is more to explain than values.
 */
final class LeafPairs {
    /** More of them are explained by nobody. */
    private static final int MAX_PAIRS = 1_000;

    private static final Pattern TIME = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?(?:Z|[+-]\\d{2}(?::\\d{2}(?::\\d{2})?)?)?");
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final Pattern TIME_OF_DAY =
            Pattern.compile("[A-Z][a-z]{2} (?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?<day>\\d{2}) "
                    + "(?<time>\\d{2}:\\d{2}:\\d{2}\\.\\d{6}) (?<year>\\d{4}) (?<zone>.+)");
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build()
            .readerFor(JsonNode.class);

    private final List<Pair> pairs = new ArrayList<>();
    private boolean broken;

    /** Two values at one place. */
    record Pair(Value left, Value right) {}

    private LeafPairs() {}

    /** The values that a difference is about. */
    static List<Pair> of(Difference difference) {
        LeafPairs leaves = new LeafPairs();
        leaves.values(difference.left(), difference.right(), difference.inside());
        return leaves.broken || leaves.pairs.size() > MAX_PAIRS ? List.of() : leaves.pairs;
    }

    private void values(Value left, Value right, String inside) {
        if (left.equals(right)) {
            return;
        }
        if (left instanceof Value.Json a && right instanceof Value.Json b) {
            json(a.text(), b.text(), inside);
        } else if (left instanceof Value.Array a && right instanceof Value.Array b) {
            list(a.elements(), b.elements());
        } else if (left instanceof Value.Composite a && right instanceof Value.Composite b) {
            list(a.values(), b.values());
        } else if (left instanceof Value.Text a && right instanceof Value.Text b) {
            text(a.value(), b.value());
        } else {
            pairs.add(new Pair(left, right));
        }
    }

    private void list(List<Value> left, List<Value> right) {
        broken |= left.size() != right.size();
        for (int i = 0; i < left.size() && !broken; i++) {
            values(left.get(i), right.get(i), "");
        }
    }

    /** Texts that differ in the times that they hold. */
    private void text(String left, String right) {
        Pair ofDay = timeOfDay(left, right);
        if (ofDay != null) {
            pairs.add(ofDay);
            return;
        }
        Matcher a = TIME.matcher(left);
        Matcher b = TIME.matcher(right);
        List<Pair> times = new ArrayList<>();
        int endOfA = 0;
        int endOfB = 0;
        boolean alike = true;
        boolean foundA = a.find();
        boolean foundB = b.find();
        while (alike && foundA && foundB) {
            alike = left.substring(endOfA, a.start()).equals(right.substring(endOfB, b.start()));
            if (!a.group().equals(b.group())) {
                times.add(new Pair(new Value.Text(a.group()), new Value.Text(b.group())));
            }
            endOfA = a.end();
            endOfB = b.end();
            foundA = a.find();
            foundB = b.find();
        }
        alike &= foundA == foundB && left.substring(endOfA).equals(right.substring(endOfB));
        if (alike && !times.isEmpty()) {
            pairs.addAll(times);
        } else {
            pairs.add(new Pair(new Value.Text(left), new Value.Text(right)));
        }
    }

    /** The form of timeofday(), in one zone on both sides: the time local to it. */
    private static @Nullable Pair timeOfDay(String left, String right) {
        Matcher a = TIME_OF_DAY.matcher(left);
        Matcher b = TIME_OF_DAY.matcher(right);
        return a.matches() && b.matches() && a.group("zone").equals(b.group("zone"))
                ? new Pair(new Value.Text(iso(a)), new Value.Text(iso(b)))
                : null;
    }

    private static String iso(Matcher time) {
        int month = MONTHS.indexOf(time.group("month")) / 3 + 1;
        return String.format(
                Locale.ROOT, "%s-%02d-%s %s", time.group("year"), month, time.group("day"), time.group("time"));
    }

    private void json(String left, String right, String inside) {
        try {
            JsonNode a = JSON.readValue(left);
            JsonNode b = JSON.readValue(right);
            nodes("", a, b, inside);
        } catch (JsonProcessingException e) {
            // No document, then, and nothing to be told apart in it.
            broken = true;
        }
    }

    private void nodes(String path, JsonNode a, JsonNode b, String inside) {
        if (a.equals(b) || broken || pairs.size() > MAX_PAIRS) {
            return;
        }
        if (a.isObject() && b.isObject()) {
            members(path, a, b, inside);
        } else if (a.isArray() && b.isArray()) {
            broken |= a.size() != b.size() && isAsked(path, inside);
            Iterator<JsonNode> others = b.iterator();
            for (JsonNode element : a) {
                if (others.hasNext()) {
                    nodes(path + "[*]", element, others.next(), inside);
                }
            }
        } else if (!isAsked(path, inside)) {
            return;
        } else if (a.isTextual() && b.isTextual()) {
            text(a.textValue(), b.textValue());
        } else if (a.isNumber() && b.isNumber()) {
            pairs.add(new Pair(new Value.Numeric(a.decimalValue()), new Value.Numeric(b.decimalValue())));
        } else {
            broken = true;
        }
    }

    private void members(String path, JsonNode a, JsonNode b, String inside) {
        for (Map.Entry<String, JsonNode> member : a.properties()) {
            String at = path + (PLAIN_KEY.matcher(member.getKey()).matches() ? "." + member.getKey() : ".*");
            JsonNode other = b.get(member.getKey());
            if (other == null) {
                broken |= isAsked(at, inside);
            } else {
                nodes(at, member.getValue(), other, inside);
            }
        }
        for (Map.Entry<String, JsonNode> member : b.properties()) {
            String at = path + (PLAIN_KEY.matcher(member.getKey()).matches() ? "." + member.getKey() : ".*");
            broken |= !a.has(member.getKey()) && isAsked(at, inside);
        }
    }

    /** Whether a place is what the difference is about; a difference of the whole is about every place. */
    private static boolean isAsked(String path, String inside) {
        return inside.isEmpty() || path.equals(inside);
    }
}
