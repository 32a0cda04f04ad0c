package dev.understudy.diff.attribute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.statement.ServerFunctions;
import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.pgwire.value.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Aggregates that line up their rows as they come, without an ORDER BY of their own (chapter 9.21). */
final class OpenOrders {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern STRING_AGG = Pattern.compile("string_agg \\( .* , '((?:[^']|'')+)' \\)");

    private OpenOrders() {}

    /** Whether both values line up the same elements in two orders. */
    static boolean explain(Difference difference, SelectItem item) {
        if (item.isOrdered()) {
            return false;
        }
        Value a = difference.left();
        Value b = difference.right();
        if (item.functions().stream().anyMatch(ServerFunctions::isOrderedAggregate)) {
            return difference.type() == DifferenceClass.VALUE_ARRAY_ORDER
                    || a instanceof Value.Json x && b instanceof Value.Json y && sameElements(x.text(), y.text());
        }
        Matcher call = STRING_AGG.matcher(item.text());
        return call.find()
                && a instanceof Value.Text x
                && b instanceof Value.Text y
                && sameParts(x.value(), y.value(), call.group(1).replace("''", "'"));
    }

    private static boolean sameParts(String a, String b, String delimiter) {
        String[] x = a.split(Pattern.quote(delimiter), -1);
        String[] y = b.split(Pattern.quote(delimiter), -1);
        Arrays.sort(x);
        Arrays.sort(y);
        return Arrays.equals(x, y);
    }

    private static boolean sameElements(String a, String b) {
        try {
            JsonNode x = JSON.readTree(a);
            JsonNode y = JSON.readTree(b);
            if (!x.isArray() || !y.isArray() || x.size() != y.size()) {
                return false;
            }
            Map<JsonNode, Integer> counts = new HashMap<>();
            x.forEach(element -> counts.merge(element, 1, Integer::sum));
            y.forEach(element -> counts.merge(element, -1, Integer::sum));
            return counts.values().stream().allMatch(count -> count == 0);
        } catch (JsonProcessingException e) {
            // No JSON, then: nothing is known of its elements.
            return false;
        }
    }
}
