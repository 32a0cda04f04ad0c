package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("bootstrap-server", "data-dir", "run");

    @Test
    void theNearestWordIsMeant() {
        assertThat(Suggestion.didYouMean("bootstap-servers", KNOWN)).contains("'bootstrap-server'");
        assertThat(Suggestion.didYouMean("rnu", KNOWN)).contains("'run'");
    }

    @Test
    void aWordThatIsNotNearAnyIsNotGuessed() {
        assertThat(Suggestion.didYouMean("capture", KNOWN)).isEmpty();
        assertThat(Suggestion.didYouMean("x", KNOWN)).isEmpty();
        assertThat(Suggestion.didYouMean("x", List.of())).isEmpty();
    }

    @Test
    void distanceCountsLettersToChange() {
        assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
        assertThat(Suggestion.distance("abc", "abc")).isZero();
    }
}
