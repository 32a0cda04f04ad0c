package dev.understudy.diff.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BlindBookTest {
    private static OddCounts odd(String path, Attribution attribution, long count) {
        return OddCounts.of("q", path, "public.t." + path, attribution, count);
    }

    @ParameterizedTest
    @CsvSource({
        "ENVIRONMENT, 2, 0, 0, 0",
        "NONDETERMINISTIC, 0, 2, 0, 0",
        "MIGRATION, 0, 0, 2, 0",
        "MIGRATION_WITHOUT_CONTROL, 0, 0, 2, 0",
        "UNEXPLAINED, 0, 0, 0, 2"
    })
    void anAttributionSaysWhoStandsAlone(
            Attribution attribution, long recorded, long control, long candidate, long unexplained) {
        assertThat(odd("v", attribution, 2))
                .isEqualTo(new OddCounts("q", "v", "public.t.v", recorded, control, candidate, unexplained));
    }

    @ParameterizedTest
    @EnumSource(
            value = Attribution.class,
            names = {"CLOCK", "VOLATILE", "TIE", "LIMIT", "GENERATED", "FLOAT_SUM", "SETTING", "UNKNOWN"})
    void whatIsExplainedIsNoNoise(Attribution attribution) {
        BlindBook book = new BlindBook();
        book.add(odd("v", attribution, 2));
        assertThat(book.counts()).isEmpty();
    }

    @Test
    void onlyUnexplainedNoiseMakesBlind() {
        BlindBook book = new BlindBook();
        book.add(odd("a", Attribution.MIGRATION, 3));
        book.add(odd("b", Attribution.UNEXPLAINED, 1));
        book.add(odd("b", Attribution.NONDETERMINISTIC, 1));
        assertThat(book.counts()).hasSize(2);
        assertThat(book.blind(counts -> 50)).singleElement().satisfies(path -> {
            assertThat(path.counts()).isEqualTo(new OddCounts("q", "b", "public.t.b", 0, 1, 0, 1));
            assertThat(path.comparisons()).isEqualTo(50);
        });
    }

    @Test
    void partsOfARunAddUpToTheWhole() {
        Random random = new Random(3);
        List<OddCounts> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Attribution attribution = Attribution.values()[random.nextInt(Attribution.values().length)];
            all.add(OddCounts.of("q" + i % 3, "p" + i % 7, i % 2 == 0 ? "o" + i % 5 : "", attribution, i));
        }
        BlindBook whole = new BlindBook();
        all.forEach(whole::add);
        Collections.shuffle(all, random);
        BlindBook first = new BlindBook();
        BlindBook second = new BlindBook();
        all.subList(0, 200).forEach(first::add);
        all.subList(200, 500).forEach(second::add);
        second.counts().forEach(first::add);
        assertThat(first.counts()).isEqualTo(whole.counts());
    }

    @Test
    void pathsAreBoundedAndNothingIsLost() {
        BlindBook book = new BlindBook();
        int all = BlindBook.MAX_PATHS + 100;
        for (int i = 0; i < all; i++) {
            book.add(odd("p" + i, Attribution.UNEXPLAINED, 1));
        }
        assertThat(book.counts()).hasSize(BlindBook.MAX_PATHS + 1);
        assertThat(book.counts().stream().mapToLong(OddCounts::unexplained).sum())
                .isEqualTo(all);
    }
}
