package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Differences.differing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenOrdersTest {
    private static SelectItem item(String expression) {
        SelectItem item =
                new Statements().of("SELECT " + expression + " FROM t").itemAt(0, 1);
        assertThat(item).isNotNull();
        return item;
    }

    private static boolean documents(String expression, String a, String b) {
        return OpenOrders.explain(
                differing(DifferenceClass.VALUE_JSON_PATH, new Value.Json(a), new Value.Json(b)), item(expression));
    }

    private static boolean texts(String expression, String a, String b) {
        return OpenOrders.explain(
                differing(DifferenceClass.VALUE_TEXT, new Value.Text(a), new Value.Text(b)), item(expression));
    }

    @ParameterizedTest
    @CsvSource({
        "array_agg(a), VALUE_ARRAY_ORDER, true",
        "array_agg(a), VALUE_NUMERIC, false",
        "array_agg(a ORDER BY a), VALUE_ARRAY_ORDER, false",
        "a, VALUE_ARRAY_ORDER, false"
    })
    void anArrayOfRowsAsTheyComeMayHaveThemInAnotherOrder(String expression, DifferenceClass type, boolean explained) {
        Value value = new Value.Text("any");
        assertThat(OpenOrders.explain(differing(type, value, value), item(expression)))
                .isEqualTo(explained);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2] | [2, 1] | true",
                "[1, 1, 2] | [1, 2, 1] | true",
                "[{\"a\": 1, \"b\": 2}, 3] | [3, {\"b\": 2, \"a\": 1}] | true",
                "[1, 1, 2] | [1, 2, 2] | false",
                "[1, 2] | [1, 2, 3] | false",
                "[1, 2] | [1, 3] | false",
                "[1] | {\"a\": 1} | false",
                "{\"a\": 1} | [1] | false",
                "{\"a\": 1} | {\"a\": 1} | false",
                "[1, 2 | [2, 1] | false"
            })
    void aDocumentOfRowsHasTheSameElementsAsOften(String a, String b, boolean explained) {
        assertThat(documents("json_agg(a)", a, b)).isEqualTo(explained);
        assertThat(documents("json_agg(a ORDER BY a)", a, b)).isFalse();
        assertThat(documents("a", a, b)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "string_agg(a, ', ') | a, b, c | c, a, b | true",
                "string_agg(a, ', ') | a, a, b | a, b, b | false",
                "string_agg(a, ', ') | a, b | a, b, c | false",
                "string_agg(a, ', ' ORDER BY a) | a, b | b, a | false",
                "string_agg(a, ';') | a, b | b, a | false",
                "string_agg(a, '''') | a'b | b'a | true",
                "string_agg(a, '.') | a.b | b.a | true",
                "string_agg(a, '.') | ab | ba | false",
                "string_agg(a, ',') | a,b, | ,b,a | true",
                "string_agg(a, b) | a,b | b,a | false",
                "lower(a) | a, b | b, a | false"
            })
    void aTextOfRowsHasTheSameParts(String expression, String a, String b, boolean explained) {
        assertThat(texts(expression, a, b)).isEqualTo(explained);
    }

    @Test
    void bothSidesAreOfOneType() {
        Value document = new Value.Json("[1]");
        Value text = new Value.Text("[1]");
        for (String expression : new String[] {"json_agg(a)", "string_agg(a, ',')"}) {
            assertThat(OpenOrders.explain(differing(DifferenceClass.VALUE_TEXT, document, text), item(expression)))
                    .isFalse();
            assertThat(OpenOrders.explain(differing(DifferenceClass.VALUE_TEXT, text, document), item(expression)))
                    .isFalse();
        }
    }
}
