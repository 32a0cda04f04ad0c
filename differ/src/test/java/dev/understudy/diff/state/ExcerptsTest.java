package dev.understudy.diff.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptsTest {
    @Test
    void shortTextsAreWhole() {
        String text = "x".repeat(Excerpts.MAX_CHARACTERS);

        assertThat(Excerpts.head(text)).isEqualTo(text);
        assertThat(Excerpts.around(text, "")).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 199, 200, 201, 399, 400, 1000, 4998, 4999})
    void whatDiffersIsInTheExcerpt(int place) {
        String before = "a".repeat(5000);
        String after = "a".repeat(place) + "B" + "a".repeat(4999 - place);

        assertThat(Excerpts.around(after, before)).contains("B").hasSizeLessThanOrEqualTo(Excerpts.MAX_CHARACTERS + 1);
        assertThat(Excerpts.around(before, after)).doesNotContain("B").hasSizeLessThanOrEqualTo(401);
    }

    @Test
    void aTextThatIsTheOthersBeginningShowsItsEnd() {
        assertThat(Excerpts.around("a".repeat(1000), "a".repeat(2000)))
                .startsWith("…")
                .endsWith("a");
    }
}
