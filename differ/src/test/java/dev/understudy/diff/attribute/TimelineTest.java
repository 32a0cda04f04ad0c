package dev.understudy.diff.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {
    private static final long SECOND = 1_000_000;

    @Test
    void anEmptyTimelineExplainsNothing() {
        assertThat(new Timeline().explains(5, 5)).isFalse();
    }

    @Test
    void twoTimesOfOneExchangeAreExplained() {
        Timeline timeline = new Timeline();
        timeline.add(new Window(10 * SECOND, 11 * SECOND), new Window(500 * SECOND, 501 * SECOND));
        timeline.add(new Window(20 * SECOND, 21 * SECOND), new Window(600 * SECOND, 601 * SECOND));
        assertThat(timeline.explains(10 * SECOND + 500_001, 500 * SECOND + 7)).isTrue();
        assertThat(timeline.explains(20 * SECOND + 500_001, 600 * SECOND + 7)).isTrue();
        assertThat(timeline.explains(10 * SECOND + 500_001, 600 * SECOND + 500_001))
                .isFalse();
        assertThat(timeline.explains(15 * SECOND + 1, 500 * SECOND + 1)).isFalse();
    }

    @Test
    void aLongExchangeIsFoundBehindShortOnes() {
        Timeline timeline = new Timeline();
        timeline.add(new Window(0, 1_000 * SECOND), new Window(5_000 * SECOND, 6_000 * SECOND));
        for (int i = 1; i < 500; i++) {
            timeline.add(new Window(i * SECOND, i * SECOND + 10), new Window(0, 10));
        }
        assertThat(timeline.explains(700 * SECOND + 1, 5_900 * SECOND + 1)).isTrue();
    }

    @Test
    void mergingMissesNoExchange() {
        Timeline timeline = new Timeline(64);
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            timeline.add(
                    new Window(i * SECOND, i * SECOND + 100),
                    new Window((5_000 + i) * SECOND, (5_000 + i) * SECOND + 100));
        }
        for (int i = 0; i < 100; i++) {
            int at = random.nextInt(1_000);
            assertThat(timeline.explains(at * SECOND + 50, (5_000 + at) * SECOND + 50))
                    .isTrue();
        }
        assertThat(timeline.explains(10 * SECOND + 50, 5_900 * SECOND + 50)).isFalse();
    }

    private static Window second(long second) {
        return new Window(second * SECOND, second * SECOND + 100);
    }

    /** Exchange number i ran at second i on the left and 5,000 seconds later on the right. */
    private static Timeline timeline(int maxCells, int from, int to) {
        Timeline timeline = new Timeline(maxCells);
        for (int i = from; i < to; i++) {
            timeline.add(second(i), second(5_000 + i));
        }
        return timeline;
    }

    private static boolean knows(Timeline timeline, int exchange) {
        return timeline.explains(exchange * SECOND + 50, (5_000 + exchange) * SECOND + 50);
    }

    @ParameterizedTest
    @CsvSource({
        "899_999, false",
        "900_000, false",
        "900_001, true",
        "1_000_050, true",
        "1_100_099, true",
        "1_100_101, false",
        // A time in whole seconds may have been rounded: one more second on both sides.
        "0, true",
        "2_000_000, true",
        "-1_000_000, false",
        "3_000_000, false"
    })
    void clocksMayDifferByATenthOfASecond(String micros, boolean held) {
        assertThat(new Window(SECOND + 1, SECOND + 100).holds(Long.parseLong(micros.replace("_", ""))))
                .isEqualTo(held);
    }

    @Test
    void eachSideHasItsOwnTolerance() {
        Timeline timeline = new Timeline();
        timeline.add(second(10), second(500));
        long late = 200_000;
        assertThat(timeline.explains(10 * SECOND + late, 500 * SECOND + 50)).isFalse();
        assertThat(timeline.explains(10 * SECOND + 50, 500 * SECOND + late)).isFalse();
        assertThat(timeline.explains(10 * SECOND + 50, 500 * SECOND - late)).isFalse();
        assertThat(timeline.explains(10 * SECOND - 99_999, 500 * SECOND + 100_001))
                .isTrue();
        assertThat(timeline.explains(11 * SECOND, 499 * SECOND)).isTrue();
    }

    @Test
    void whetherAnExchangeRanOnTheLeftSideIsKnownByItself() {
        Timeline timeline = timeline(100, 10, 20);
        assertThat(timeline.ranOnLeft(15 * SECOND + 50)).isTrue();
        assertThat(timeline.ranOnLeft(15 * SECOND + 500_000)).isFalse();
        assertThat(timeline.ranOnLeft(5 * SECOND + 50)).isFalse();
        assertThat(timeline.ranOnLeft(25 * SECOND + 50)).isFalse();
        timeline.add(new Window(0, 100 * SECOND), second(9_000));
        assertThat(timeline.ranOnLeft(5 * SECOND + 50)).isTrue();
        assertThat(new Timeline().ranOnLeft(5)).isFalse();
    }

    @Test
    void anExchangeThatIsAddedAfterAQuestionIsFound() {
        Timeline timeline = timeline(100, 0, 3);
        assertThat(knows(timeline, 3)).isFalse();
        timeline.add(second(3), second(5_003));
        assertThat(knows(timeline, 3)).isTrue();
        timeline.add(new Window(2 * SECOND - 300_000, 2 * SECOND + 100), second(5_002));
        assertThat(timeline.explains(2 * SECOND - 300_000, 5_002 * SECOND + 50)).isTrue();
    }

    @Test
    void withTooManyCellsTheGridGetsCoarserAndNoneIsMissed() {
        Timeline timeline = timeline(64, 0, 64);
        assertThat(timeline.level()).isEqualTo(13);
        timeline.add(second(64), second(5_064));
        assertThat(timeline.level()).isBetween(14, 22);
        for (int i = 0; i <= 64; i++) {
            assertThat(knows(timeline, i)).as("exchange " + i).isTrue();
        }
    }

    @Test
    void aLongExchangeDoesNotMakeShortOnesOfItsCellLong() {
        Timeline timeline = new Timeline();
        timeline.add(new Window(10, 20), new Window(5_000 * SECOND, 5_000 * SECOND + 5));
        timeline.add(new Window(11, 1_000 * SECOND), new Window(5_000 * SECOND + 1, 6_000 * SECOND));
        timeline.add(new Window(12, 22), new Window(5_000 * SECOND + 2, 5_000 * SECOND + 9));
        assertThat(timeline.takeChanges()).hasSize(2).first().satisfies(entry -> {
            assertThat(entry.left()).isEqualTo(new Window(10, 22));
            assertThat(entry.right()).isEqualTo(new Window(5_000 * SECOND, 5_000 * SECOND + 9));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 100_000})
    void neitherOrderNorPartsNorRepetitionsShow(int maxCells) {
        Timeline whole = timeline(maxCells, 0, 300);
        Timeline parts = timeline(maxCells, 100, 300);
        parts.add(timeline(maxCells, 0, 200));
        Timeline other = timeline(maxCells, 0, 200);
        other.add(timeline(maxCells, 100, 300));
        List<Timeline.Entry> entries = whole.takeChanges();
        assertThat(parts.takeChanges()).isEqualTo(entries);
        assertThat(other.takeChanges()).isEqualTo(entries);
        assertThat(parts.level()).isEqualTo(whole.level());
    }

    @Test
    void onlyWhatChangedIsKeptAndItComesBackAsItWas() {
        Timeline timeline = timeline(100, 0, 10);
        List<Timeline.Entry> kept = new ArrayList<>(timeline.takeChanges());
        assertThat(kept).hasSize(10);
        assertThat(timeline.takeChanges()).isEmpty();
        timeline.add(second(3), second(5_003));
        assertThat(timeline.takeChanges()).isEmpty();
        timeline.add(new Window(3 * SECOND, 3 * SECOND + 150), second(5_003));
        timeline.add(second(10), second(5_010));
        List<Timeline.Entry> more = timeline.takeChanges();
        assertThat(more).extracting(entry -> entry.left().from()).containsExactly(3 * SECOND, 10 * SECOND);
        kept.addAll(more);

        Timeline back = new Timeline(100);
        back.restoreLevel(timeline.level());
        back.restore(kept);
        assertThat(back.takeChanges()).isEmpty();
        for (int i = 0; i <= 10; i++) {
            assertThat(knows(back, i)).as("exchange " + i).isTrue();
        }
        assertThat(knows(back, 11)).isFalse();
        back.add(second(11), second(5_011));
        assertThat(back.takeChanges()).hasSize(1);
    }

    @Test
    void aCoarseGridStaysCoarse() {
        Timeline timeline = timeline(16, 0, 300);
        Timeline back = new Timeline(16);
        back.restoreLevel(timeline.level());
        assertThat(back.level()).isEqualTo(timeline.level());
        back.restore(timeline.takeChanges());
        assertThat(back.level()).isEqualTo(timeline.level());
        back.restoreLevel(0);
        assertThat(back.level()).isEqualTo(timeline.level());
    }

    @Test
    void whatChangedBeforeTheGridGotCoarserIsStillToBeKept() {
        Timeline timeline = timeline(20, 0, 20);
        timeline.takeChanges();
        timeline.add(new Window(5 * SECOND, 5 * SECOND + 200), second(5_005));
        timeline.restoreLevel(25);
        assertThat(timeline.takeChanges())
                .singleElement()
                .satisfies(entry -> assertThat(entry.left()).isEqualTo(new Window(0, 19 * SECOND + 100)));
        assertThat(timeline.takeChanges()).isEmpty();
    }

    @Test
    void aLongExchangeIsFoundBehindThoseThatBeganLater() {
        Timeline timeline = timeline(100, 1, 20);
        timeline.add(new Window(0, 100 * SECOND), second(9_000));
        assertThat(timeline.ranOnLeft(15 * SECOND + 500_001)).isTrue();
        assertThat(timeline.ranOnLeft(101 * SECOND + 500_001)).isFalse();
    }

    @Test
    void whatIsKeptIsInTheOrderOfItsTimes() {
        List<Timeline.Entry> inOrder = List.of(
                Timeline.Entry.of(new Window(1, 2 * SECOND), second(3)),
                Timeline.Entry.of(new Window(1, 9 * SECOND), second(3)),
                Timeline.Entry.of(new Window(1, 9 * SECOND), second(4)),
                Timeline.Entry.of(new Window(2, 4 * SECOND), second(3)));
        for (int first = 0; first < inOrder.size(); first++) {
            Timeline timeline = new Timeline();
            for (int i = 0; i < inOrder.size(); i++) {
                Timeline.Entry entry = inOrder.get((first + i) % inOrder.size());
                timeline.add(entry.left(), entry.right());
            }
            assertThat(timeline.takeChanges()).isEqualTo(inOrder);
        }
    }
}
