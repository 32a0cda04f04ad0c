package dev.understudy.diff.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

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
}
