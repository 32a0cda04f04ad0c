package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Differences.differing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.LeafPairs.Pair;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeafPairsTest {
    private static List<Pair> pairs(Value left, Value right, String inside) {
        return LeafPairs.of(differing(DifferenceClass.VALUE_TEXT, left, right, inside));
    }

    private static List<Pair> texts(String left, String right) {
        return pairs(new Value.Text(left), new Value.Text(right), "");
    }

    private static List<Pair> documents(String left, String right, String inside) {
        return pairs(new Value.Json(left), new Value.Json(right), inside);
    }

    private static Pair pair(String left, String right) {
        return new Pair(new Value.Text(left), new Value.Text(right));
    }

    private static Pair numbers(String left, String right) {
        return new Pair(new Value.Numeric(new BigDecimal(left)), new Value.Numeric(new BigDecimal(right)));
    }

    private static Value ints(long... values) {
        List<Value> elements =
                LongStream.of(values).<Value>mapToObj(Value.Int::new).toList();
        return new Value.Array(List.of(values.length), List.of(1), elements);
    }

    @Test
    void aPlainValueIsItsOwnLeaf() {
        Value left = new Value.Int(1);
        Value right = new Value.Int(2);
        assertThat(pairs(left, right, "")).containsExactly(new Pair(left, right));
        assertThat(pairs(left, left, "")).isEmpty();
        assertThat(pairs(left, new Value.Text("2"), "")).containsExactly(new Pair(left, new Value.Text("2")));
    }

    @Test
    void elementsThatDifferAreLeaves() {
        assertThat(pairs(ints(1, 2, 3), ints(1, 5, 3), ""))
                .containsExactly(new Pair(new Value.Int(2), new Value.Int(5)));
        assertThat(pairs(ints(1, 2), ints(1, 2, 3), "")).isEmpty();
        assertThat(pairs(ints(1, 2, 3), ints(4, 5), "")).isEmpty();
    }

    @Test
    void membersOfARowThatDifferAreLeaves() {
        Value left = new Value.Composite(List.of("x", "y"), List.of(new Value.Int(1), new Value.Text("a")));
        Value right = new Value.Composite(List.of("x", "y"), List.of(new Value.Int(1), new Value.Text("b")));
        assertThat(pairs(left, right, "")).containsExactly(pair("a", "b"));
        assertThat(pairs(left, new Value.Composite(List.of("x"), List.of(new Value.Int(2))), ""))
                .isEmpty();
        assertThat(pairs(left, ints(1, 2), "")).containsExactly(new Pair(left, ints(1, 2)));
    }

    @Test
    void thousandsOfLeavesAreExplainedByNobody() {
        long[] zeros = new long[1_000];
        long[] ones = LongStream.generate(() -> 1).limit(1_000).toArray();
        assertThat(pairs(ints(zeros), ints(ones), "")).hasSize(1_000);
        long[] more = new long[1_001];
        long[] others = LongStream.generate(() -> 1).limit(1_001).toArray();
        assertThat(pairs(ints(more), ints(others), "")).isEmpty();
    }

    // Times within texts

    @Test
    void timesInTheSameWordsAreLeaves() {
        assertThat(texts(
                        "from 2026-01-01 10:00:00 to 2026-01-01 11:00:00Z.",
                        "from 2026-01-02 10:00:00 to 2026-01-02 11:00:00Z."))
                .containsExactly(
                        pair("2026-01-01 10:00:00", "2026-01-02 10:00:00"),
                        pair("2026-01-01 11:00:00Z", "2026-01-02 11:00:00Z"));
        assertThat(texts("2026-01-01 10:00:00 2026-01-01 11:00:00", "2026-01-01 10:00:00 2026-01-01 12:00:00"))
                .containsExactly(pair("2026-01-01 11:00:00", "2026-01-01 12:00:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "at 2026-01-01 10:00:00, on 2026-01-02 10:00:00",
        "2026-01-01 10:00:00 sharp, 2026-01-02 10:00:00 about",
        "2026-01-01 10:00:00, 2026-01-02 10:00:00 2026-01-02 10:00:00",
        "2026-01-01 10:00:00 2026-01-01 10:00:00, 2026-01-02 10:00:00",
        "2026-01-01 10:00:00 a, 2026-01-01 10:00:00 b",
        "one, two"
    })
    void inOtherWordsTheTextIsTheLeaf(String left, String right) {
        assertThat(texts(left, right)).containsExactly(pair(left, right));
    }

    @Test
    void theTimeOfDayIsReadInItsZone() {
        assertThat(texts("Fri Nov 20 13:58:01.123456 2026 CET", "Tue Dec 01 00:00:00.000001 2026 CET"))
                .containsExactly(pair("2026-11-20 13:58:01.123456", "2026-12-01 00:00:00.000001"));
        assertThat(texts("Thu Jan 01 13:58:01.123456 2026 CET", "Thu Jan 01 13:58:02.123456 2026 CET"))
                .containsExactly(pair("2026-01-01 13:58:01.123456", "2026-01-01 13:58:02.123456"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fri Nov 20 13:58:02.123456 2026 UTC", "soon"})
    void twoZonesOrFormsAreNoTimeOfDay(String other) {
        String time = "Fri Nov 20 13:58:01.123456 2026 CET";
        assertThat(texts(time, other)).containsExactly(pair(time, other));
        assertThat(texts(other, time)).containsExactly(pair(other, time));
    }

    // Documents

    @Test
    void aDocumentsMembersThatDifferAreLeaves() {
        assertThat(documents("{\"a\": {\"b\": [1, \"x\"]}, \"c\": 5}", "{\"a\": {\"b\": [2, \"y\"]}, \"c\": 5}", ""))
                .containsExactly(numbers("1", "2"), pair("x", "y"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1} | {\"b\": 1}",
                "{\"a\": 1} | {\"a\": 2, \"b\": 1}",
                "{\"a\": 1, \"b\": 1} | {\"a\": 2}",
                "[1, 2] | [2]",
                "{\"a\": 1} | {\"a\": \"1\"}",
                "{\"a\": true} | {\"a\": false}",
                "{\"a\": 1} | [1]",
                "{\"a\": 1 | {\"a\": 2}",
                "{\"a\": 1} | {\"a\": 1, \"a\": 2}",
                "{\"a\": 1} | {\"a\": 2} 3"
            })
    void documentsOfTwoFormsHaveNone(String left, String right) {
        assertThat(documents(left, right, "")).isEmpty();
        assertThat(documents(right, left, "")).isEmpty();
    }

    @Test
    void onlyTheAskedPlaceCounts() {
        String left = "{\"a\": {\"b\": 1, \"c\": 1}, \"d\": [1], \"odd key\": 1}";
        String right = "{\"a\": {\"b\": 2, \"c\": 3}, \"d\": [4], \"odd key\": 5}";
        assertThat(documents(left, right, ".a.b")).containsExactly(numbers("1", "2"));
        assertThat(documents(left, right, ".a.c")).containsExactly(numbers("1", "3"));
        assertThat(documents(left, right, ".d[*]")).containsExactly(numbers("1", "4"));
        assertThat(documents(left, right, ".*")).containsExactly(numbers("1", "5"));
        assertThat(documents(left, right, ".a.x")).isEmpty();
    }

    @Test
    void anotherPlacesFormDoesNotMatter() {
        String left = "{\"a\": 1, \"b\": 1, \"c\": [1], \"d\": {\"x\": 1}, \"gone\": 1}";
        String right = "{\"a\": 2, \"b\": true, \"c\": [1, 2], \"d\": {\"y\": 1}, \"new\": 1}";
        assertThat(documents(left, right, ".a")).containsExactly(numbers("1", "2"));
        for (String asked : List.of(".b", ".c", ".d.x", ".d.y", ".gone", ".new")) {
            assertThat(documents(left, right, asked)).as(asked).isEmpty();
        }
    }
}
