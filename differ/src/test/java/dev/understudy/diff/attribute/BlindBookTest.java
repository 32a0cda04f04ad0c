package dev.understudy.diff.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.BlindBook.PathName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private final Map<PathName, OddCounts> kept = new HashMap<>();
    private final List<String> changed = new ArrayList<>();
    private final List<String> vanished = new ArrayList<>();

    private void keep(BlindBook book) {
        changed.clear();
        vanished.clear();
        book.takeChanges(
                counts -> {
                    kept.put(PathName.of(counts), counts);
                    changed.add(counts.path());
                },
                path -> {
                    assertThat(kept.remove(path)).as(path.path()).isNotNull();
                    vanished.add(path.path());
                });
    }

    private static BlindBook book(int maxPaths, String... paths) {
        BlindBook book = new BlindBook(maxPaths);
        for (String path : paths) {
            book.add(odd(path, Attribution.UNEXPLAINED, 1));
        }
        return book;
    }

    private BlindBook restored(BlindBook of, int maxPaths) {
        BlindBook book = new BlindBook(maxPaths);
        book.cutAt(of.cutoff());
        kept.values().forEach(book::restore);
        return book;
    }

    @ParameterizedTest
    @CsvSource({"a, b, a", "b, a, a", "'', b, b", "b, '', b"})
    void ofTwoOriginsTheFirstByNameStaysButNoneIsNoName(String first, String second, String origin) {
        BlindBook book = new BlindBook();
        book.add(OddCounts.of("q", "v", first, Attribution.UNEXPLAINED, 1));
        book.add(OddCounts.of("q", "v", second, Attribution.ENVIRONMENT, 2));
        assertThat(book.counts()).containsExactly(new OddCounts("q", "v", origin, 2, 0, 0, 1));
    }

    @Test
    void thoseBeyondTheBoundAreCountedTogetherWhateverCameFirst() {
        for (BlindBook book : List.of(book(2, "c", "b", "a", "b"), book(2, "a", "b", "b", "c"))) {
            assertThat(book.counts())
                    .containsExactly(
                            new OddCounts("", "other", "public.t.c", 0, 0, 0, 1),
                            odd("a", Attribution.UNEXPLAINED, 1),
                            odd("b", Attribution.UNEXPLAINED, 2));
            assertThat(book.cutoff()).isEqualTo(new PathName("q", "c"));
        }
    }

    @Test
    void mergedBooksAreTheBookOfAll() {
        BlindBook sum = book(2, "b", "c");
        sum.add(book(2, "a", "b", "c", "d"));
        assertThat(sum.counts()).isEqualTo(book(2, "a", "b", "b", "c", "c", "d").counts());
        assertThat(sum.cutoff()).isEqualTo(new PathName("q", "c"));
        sum.add(new BlindBook(2));
        keep(sum);
        sum.add(new BlindBook(2));
        keep(sum);
        assertThat(changed).isEmpty();
    }

    @Test
    void onlyWhatChangedIsKeptAndItComesBackAsItWas() {
        BlindBook book = book(2, "a", "b", "c");
        keep(book);
        assertThat(changed).containsExactlyInAnyOrder("a", "b", "other");
        keep(book);
        assertThat(changed).isEmpty();
        book.add(odd("b", Attribution.ENVIRONMENT, 1));
        keep(book);
        assertThat(changed).containsExactly("b");

        BlindBook back = restored(book, 2);
        keep(back);
        assertThat(changed).isEmpty();
        assertThat(back.counts()).isEqualTo(book.counts());
        back.add(odd("d", Attribution.UNEXPLAINED, 1));
        keep(back);
        assertThat(changed).containsExactly("other");
    }

    @Test
    void aPathThatIsCountedWithOthersIsGone() {
        BlindBook book = book(2, "b", "c");
        keep(book);
        BlindBook back = restored(book, 2);
        back.add(odd("a", Attribution.UNEXPLAINED, 1));
        keep(back);
        assertThat(vanished).containsExactly("c");
        assertThat(changed).containsExactlyInAnyOrder("a", "other");
        back.cutAt(new PathName("q", "b"));
        keep(back);
        assertThat(vanished).containsExactly("b");
        keep(back);
        assertThat(vanished).isEmpty();
    }

    @Test
    void whatWasNeverKeptCannotBeGone() {
        keep(book(1, "c", "b", "a"));
        assertThat(vanished).isEmpty();
        assertThat(kept.keySet()).extracting(PathName::path).containsExactlyInAnyOrder("a", "other");
    }

    @Test
    void pathsAreOrderedByStatementThenName() {
        BlindBook book = new BlindBook();
        for (String name : List.of("q_2 a", "q_1 b", "q_1 a")) {
            String[] parts = name.split(" ");
            book.add(OddCounts.of(parts[0], parts[1], "", Attribution.UNEXPLAINED, 1));
        }
        assertThat(book.blind(any -> 1))
                .extracting(path ->
                        path.counts().fingerprint() + " " + path.counts().path())
                .containsExactly("q_1 a", "q_1 b", "q_2 a");
    }
}
