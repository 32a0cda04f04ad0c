package dev.understudy.diff.tally;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.entry.ExchangeId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DependantsTest {
    private static final ExchangeId FIRST = new ExchangeId(1, 5);
    private static final ExchangeId SECOND = new ExchangeId(1, 6);
    private static final ExchangeId THIRD = new ExchangeId(2, 0);

    private final KeptPieces kept = new KeptPieces();

    private void keep(Dependants dependants) {
        dependants.takeChanges(kept, kept.gone(TallyEntry.Failure.KIND));
    }

    @Test
    void aGroupsDependantsAreThoseOfItsFailures() {
        Dependants dependants = new Dependants(9);
        dependants.failed(FIRST, "g_1");
        dependants.failed(SECOND, "g_1");
        dependants.failed(THIRD, "g_2");
        dependants.depends(FIRST);
        dependants.depends(FIRST);
        dependants.depends(SECOND);
        assertThat(dependants.byGroup()).isEqualTo(Map.of("g_1", 3L, "g_2", 0L));
    }

    @Test
    void theRootMayBeKnownAfterItsDependants() {
        Dependants dependants = new Dependants(9);
        dependants.depends(FIRST);
        assertThat(dependants.byGroup()).isEqualTo(Map.of("", 1L));
        dependants.failed(FIRST, "g_1");
        assertThat(dependants.byGroup()).isEqualTo(Map.of("g_1", 1L));
    }

    @Test
    void ofSeveralGroupsTheLeastHasThemWhateverCameFirst() {
        for (List<String> groups : List.of(List.of("g_1", "g_2"), List.of("g_2", "g_1"))) {
            Dependants dependants = new Dependants(9);
            groups.forEach(group -> dependants.failed(FIRST, group));
            dependants.depends(FIRST);
            assertThat(dependants.byGroup()).isEqualTo(Map.of("g_1", 1L));
        }
    }

    @Test
    void theLaterRootsBeyondTheBoundAreForgotten() {
        for (List<ExchangeId> order : List.of(List.of(FIRST, SECOND, THIRD), List.of(THIRD, SECOND, FIRST))) {
            Dependants dependants = new Dependants(2);
            for (ExchangeId root : order) {
                dependants.failed(root, "g_" + root.session() + root.ordinal());
                dependants.depends(root);
            }
            assertThat(dependants.byGroup()).isEqualTo(Map.of("g_15", 1L, "g_16", 1L));
            assertThat(dependants.cutoff()).isEqualTo(new OpenClaims.ExchangeKey(2, 0));
        }
    }

    @Test
    void rootAndDependantsMayBeOfDifferentPartitions() {
        Dependants sum = new Dependants(2);
        sum.failed(FIRST, "g_1");
        Dependants other = new Dependants(2);
        other.depends(FIRST);
        other.depends(FIRST);
        other.depends(SECOND);
        other.depends(THIRD);
        sum.add(other);
        assertThat(sum.byGroup()).isEqualTo(Map.of("g_1", 2L, "", 1L));
        assertThat(sum.cutoff()).isEqualTo(new OpenClaims.ExchangeKey(2, 0));
    }

    @Test
    void onlyWhatChangedIsKeptAndItComesBackAsItWas() {
        Dependants dependants = new Dependants(9);
        dependants.failed(FIRST, "g_1");
        dependants.depends(SECOND);
        keep(dependants);
        assertThat(kept.takeChanged()).containsExactlyInAnyOrder("1:5", "1:6");
        dependants.depends(SECOND);
        keep(dependants);
        assertThat(kept.takeChanged()).containsExactly("1:6");

        Dependants back = new Dependants(9);
        kept.all(TallyEntry.Failure.class).forEach(back::restore);
        keep(back);
        assertThat(kept.takeChanged()).isEmpty();
        back.failed(SECOND, "g_2");
        keep(back);
        assertThat(kept.takeChanged()).containsExactly("1:6");
        assertThat(back.byGroup()).isEqualTo(Map.of("g_1", 0L, "g_2", 2L));
    }

    @Test
    void aRootThatIsForgottenIsGone() {
        Dependants dependants = new Dependants(2);
        dependants.depends(SECOND);
        dependants.depends(THIRD);
        keep(dependants);
        Dependants back = new Dependants(2);
        kept.all(TallyEntry.Failure.class).forEach(back::restore);
        for (Dependants each : List.of(dependants, back)) {
            each.depends(FIRST);
            each.takeChanges(kept, id -> assertThat(id).isEqualTo("2:0"));
            assertThat(each.cutoff()).isEqualTo(new OpenClaims.ExchangeKey(2, 0));
        }
        dependants.cutAt(new OpenClaims.ExchangeKey(1, 6));
        keep(dependants);
        assertThat(kept.takeGone()).containsExactly("1:6");
        keep(dependants);
        assertThat(kept.takeGone()).isEmpty();
    }

    @Test
    void whatWasNeverKeptCannotBeGone() {
        Dependants dependants = new Dependants(1);
        dependants.depends(THIRD);
        dependants.depends(SECOND);
        dependants.depends(FIRST);
        keep(dependants);
        assertThat(kept.takeGone()).isEmpty();
        assertThat(kept.takeChanged()).containsExactly("1:5");
    }

    @Test
    void whatIsBeyondTheBoundDoesNotComeBack() {
        Dependants back = new Dependants(2);
        back.cutAt(new OpenClaims.ExchangeKey(1, 6));
        back.restore(new TallyEntry.Failure(new OpenClaims.ExchangeKey(1, 6), "g_1", 7));
        assertThat(back.byGroup()).isEmpty();
    }
}
