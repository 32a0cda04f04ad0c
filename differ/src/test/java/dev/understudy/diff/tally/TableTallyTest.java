package dev.understudy.diff.tally;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.tally.TableTally.Lowest;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableTallyTest {
    private final TableTally tally = new TableTally();
    private final KeptPieces kept = new KeptPieces();

    @Test
    void countsEveryTableOfAnExchange() {
        tally.add(Set.of("public.a", "public.b"), true);
        tally.add(Set.of("public.b"), true);
        tally.add(Set.of("public.b"), false);
        assertThat(tally.compared("public.a")).isEqualTo(1);
        assertThat(tally.compared("public.b")).isEqualTo(2);
        assertThat(tally.compared("public.c")).isZero();
        assertThat(tally.touched()).containsExactly("public.a", "public.b");
    }

    @Test
    void theTableThatWasComparedLeastIsTheLowest() {
        assertThat(tally.lowest()).isNull();
        tally.add(Set.of("public.a"), true);
        assertThat(tally.lowest()).isEqualTo(new Lowest("public.a", 1));
        tally.add(Set.of("public.b"), true);
        tally.add(Set.of("public.b"), false);
        tally.add(Set.of("public.c"), true);
        assertThat(tally.lowest()).isEqualTo(new Lowest("public.b", 0.5));
    }

    @Test
    void ofEquallyLowTablesTheFirstByNameIsNamed() {
        tally.add(Set.of("public.b", "public.c", "public.a"), false);
        assertThat(tally.lowest()).isEqualTo(new Lowest("public.a", 0));
    }

    @Test
    void talliesAddUp() {
        tally.add(Set.of("public.a"), true);
        TableTally other = new TableTally();
        other.add(Set.of("public.a", "public.b"), false);
        other.add(Set.of("public.a"), true);
        tally.add(other);
        assertThat(tally.lowest()).isEqualTo(new Lowest("public.b", 0));
        assertThat(tally.compared("public.a")).isEqualTo(2);
        tally.takeChanges(kept);
        assertThat(kept.all(TallyEntry.TableSums.class))
                .containsExactlyInAnyOrder(
                        new TallyEntry.TableSums("public.a", 3, 2), new TallyEntry.TableSums("public.b", 1, 0));
    }

    @Test
    void onlyWhatChangedIsKeptAndItComesBackAsItWas() {
        tally.add(Set.of("public.a", "public.b"), true);
        tally.takeChanges(kept);
        assertThat(kept.takeChanged()).containsExactlyInAnyOrder("public.a", "public.b");
        tally.add(Set.of("public.b"), false);
        tally.takeChanges(kept);
        assertThat(kept.takeChanged()).containsExactly("public.b");

        TableTally back = new TableTally();
        kept.all(TallyEntry.TableSums.class).forEach(back::restore);
        back.takeChanges(kept);
        assertThat(kept.takeChanged()).isEmpty();
        assertThat(back.lowest()).isEqualTo(new Lowest("public.b", 0.5));
        assertThat(back.compared("public.a")).isEqualTo(1);
        back.add(Set.of("public.a"), true);
        back.takeChanges(kept);
        assertThat(kept.takeChanged()).containsExactly("public.a");
    }
}
