package dev.understudy.diff.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceSinkTest {
    private final DifferenceSink sink = new DifferenceSink();

    private static Difference difference(DifferenceClass type, Place place, String path) {
        return Difference.of(type, place, path, "x", "", "");
    }

    private static Difference value(int step, String path) {
        return difference(DifferenceClass.VALUE_TEXT, Place.ofStep(Aspect.VALUE, step), path);
    }

    @Test
    void nothingIsTheSame() {
        assertThat(sink.comparison()).isEqualTo(Comparison.SAME);
        assertThat(sink.comparison().isUncovered(0)).isFalse();
    }

    @Test
    void anErrorEndsWhatCanBeComparedButOtherWordsOfItDoNot() {
        sink.add(value(0, "v"));
        sink.add(difference(DifferenceClass.ERROR_MESSAGE_ONLY, Place.ofStep(Aspect.ERROR, 0), "t"));
        assertThat(sink.endsAnswers()).isFalse();
        sink.add(difference(DifferenceClass.ERROR_GONE, Place.ofStep(Aspect.ERROR, 0), "t"));
        assertThat(sink.endsAnswers()).isTrue();
    }

    @Test
    void whatIsUncoveredIsSaidOnceAndOfItsStepOrOfAll() {
        sink.uncovered(DifferenceClass.RUN_COVERAGE, 1, "unreadable row");
        sink.uncovered(DifferenceClass.RUN_COVERAGE, 1, "unreadable row");
        Comparison comparison = sink.comparison();
        assertThat(comparison.uncovered()).hasSize(1);
        assertThat(comparison.isUncovered(1)).isTrue();
        assertThat(comparison.isUncovered(0)).isFalse();
        sink.uncovered(DifferenceClass.RUN_COVERAGE, -1, "frames that fit no request");
        assertThat(sink.comparison().isUncovered(0)).isTrue();
    }

    @Test
    void beyondTheLimitDifferencesOfOneKindAreCounted() {
        for (int i = 0; i < DifferenceSink.MAX_SINGLE; i++) {
            sink.add(value(0, "v"));
        }
        for (int i = 0; i < 3; i++) {
            sink.add(value(0, "v"));
            sink.add(value(1, "v"));
            sink.add(value(0, "w").times(5));
        }
        List<Difference> found = sink.comparison().differences();
        assertThat(found).hasSize(DifferenceSink.MAX_SINGLE + 3);
        assertThat(found.subList(DifferenceSink.MAX_SINGLE, found.size()))
                .extracting(Difference::count)
                .containsExactly(3L, 3L, 15L);
        assertThat(found.get(DifferenceSink.MAX_SINGLE - 1).count()).isEqualTo(1);
    }

    @Test
    void thePathWithinAValueIsWithoutItsColumn() {
        Difference inside = new Difference(
                DifferenceClass.VALUE_JSON_PATH,
                Place.ofStep(Aspect.VALUE, 0),
                "doc.a.b",
                "",
                "",
                "",
                Value.Null.NULL,
                Value.Null.NULL,
                "doc",
                "",
                "",
                Leeway.NONE,
                1);
        assertThat(inside.inside()).isEqualTo(".a.b");
        assertThat(value(0, "doc.a").inside()).as("about no column").isEmpty();
    }
}
