package dev.understudy.diff.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** The values that stand in the corpus, with their types. */
final class CorpusValues {
    /** A value as it is written. */
    record Typed(String type, String text) implements Comparable<Typed> {
        @Override
        public int compareTo(Typed other) {
            int byType = type.compareTo(other.type);
            return byType != 0 ? byType : text.compareTo(other.text);
        }
    }

    private CorpusValues() {}

    /** All of them, less those that are made while the corpus runs and those of types that no server knows. */
    static Set<Typed> all(Iterable<CorpusCase> cases) {
        Set<Typed> values = new TreeSet<>();
        for (CorpusCase each : cases) {
            for (JsonNode exchange : each.exchanges()) {
                for (String side : new String[] {"recorded", "control", "candidate"}) {
                    collect(values, exchange, exchange.path(side));
                }
            }
        }
        return values;
    }

    private static void collect(Set<Typed> values, JsonNode exchange, JsonNode answer) {
        answer.path("steps").forEach(step -> collect(values, exchange, step));
        JsonNode columns = answer.has("columns") ? answer.path("columns") : exchange.path("columns");
        for (JsonNode row : answer.isArray() ? answer : answer.path("rows")) {
            for (int i = 0; i < row.size(); i++) {
                String type = CorpusSchema.typeName(columns.get(i).asText());
                String text = row.get(i).asText();
                if (!row.get(i).isNull()
                        && !text.contains("${")
                        && !type.chars().allMatch(Character::isDigit)) {
                    values.add(new Typed(type, text));
                }
            }
        }
    }
}
