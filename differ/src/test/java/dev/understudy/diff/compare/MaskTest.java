package dev.understudy.diff.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report may show of production's data: where two values differ, and nothing else of them. */
class MaskTest {
    private static String[] pair(String before, String after) {
        return Mask.pair(new Value.Text(before), new Value.Text(after));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Meier     | Maier     | 'Xexxx'    | 'Xaxxx'",
                "Anna      | Anne      | 'Xxxa'     | 'Xxxe'",
                "abc       | abcdef    | 'xxx'      | 'xxxdef'",
                "abab      | ab        | 'xxab'     | 'xx'",
                "0170 123  | 0170 124  | '9999 993' | '9999 994'",
                "x         | y         | 'x'        | 'y'",
                "a-É-b     | a-é-b     | 'x-É-x'    | 'x-é-x'",
            })
    void whatBothShareIsMaskedAndWhatDiffersIsShown(String before, String after, String left, String right) {
        assertThat(pair(before, after)).containsExactly("'" + left + "'", "'" + right + "'");
    }

    @Test
    void aLongDifferenceIsMaskedToo() {
        String shown = "s".repeat(40);
        assertThat(pair("", shown)[1]).startsWith("'" + shown + "'").endsWith("(40 characters)");
        assertThat(pair("", "s".repeat(41))[1])
                .isEqualTo("'" + "x".repeat(12) + "…" + "x".repeat(12) + "' (41 characters)");
    }

    @Test
    void longSurroundingsAreToldByTheirEndsAndLength() {
        assertThat(pair("a".repeat(24) + "1", "a".repeat(24) + "2"))
                .containsExactly(
                        "'" + "x".repeat(24) + "1' (25 characters)", "'" + "x".repeat(24) + "2' (25 characters)");
        assertThat(pair("B".repeat(30) + "1" + "c".repeat(26), "B".repeat(30) + "2" + "c".repeat(26))[0])
                .isEqualTo("'" + "X".repeat(12) + "…" + "X".repeat(12) + "1" + "x".repeat(12) + "…" + "x".repeat(12)
                        + "' (57 characters)");
    }

    @Test
    void aValueAloneIsMaskedAsAWhole() {
        assertThat(Mask.alone(new Value.Text("Ab1 é\t~"))).isEqualTo("'Xx9 x·~'");
        assertThat(Mask.alone(new Value.Text("a".repeat(24)))).isEqualTo("'" + "x".repeat(24) + "'");
        assertThat(Mask.alone(new Value.Text("a".repeat(25))))
                .isEqualTo("'" + "x".repeat(12) + "…" + "x".repeat(12) + "' (25 characters)");
    }

    @Test
    void numbersAreShown() {
        assertThat(Mask.alone(new Value.Int(4711))).isEqualTo("4711");
        assertThat(Mask.pair(new Value.Int(1), new Value.Int(2))).containsExactly("1", "2");
        assertThat(Mask.isPlain(new Value.Int(1))).isTrue();
        assertThat(Mask.isPlain(new Value.Text("a"))).isFalse();
    }

    @Test
    void aValueBesideNullIsMaskedAsAWhole() {
        assertThat(Mask.pair(Value.Null.NULL, new Value.Text("Meier"))[1]).isEqualTo("'Xxxxx'");
        assertThat(Mask.pair(new Value.Text("Meier"), Value.Null.NULL)[0]).isEqualTo("'Xxxxx'");
        assertThat(Mask.pair(new Value.Int(12), new Value.Text("13")))
                .as("one of two types")
                .containsExactly("'92'", "'93'");
    }

    @Test
    void noValueIsLongerThanAReportNeeds() {
        String longest = "4".repeat(160);
        assertThat(Mask.alone(new Value.Label(longest))).isEqualTo(longest);
        assertThat(Mask.alone(new Value.Label(longest + "4"))).isEqualTo("4".repeat(159) + "…");
    }
}
