package dev.understudy.lab.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.seeds.Call.Facts;
import dev.understudy.lab.seeds.Workload.Dialect;
import dev.understudy.lab.seeds.Workload.Order;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DerivationTest {
    private static final Call READ = read("t1_a", "t1.t1_a");
    private static final Call OTHER = read("t1_b", "t1.t1_b");
    private static final Call FILTERED = Call.query(
            "SELECT 3", List.of(), new Facts(Map.of("t1_b", Set.of("t1.t1_b")), Set.of("t1.t1_a"), Map.of()));
    private static final Call COMPUTED =
            Call.query("UPDATE 1", List.of(), new Facts(Map.of(), Set.of(), Map.of("t1.t1_b", Set.of("t1.t1_a"))));

    @Test
    void aWrongColumnIsWrongWhereItIsShownAndNowhereElse() {
        Derivation derivation = of(FaultKind.CASE_CHANGED, "t1_a", READ, OTHER, FILTERED);

        assertThat(derivation.mayDiffer(unit(READ), READ, "t1_a")).isTrue();
        assertThat(derivation.mayDiffer(unit(READ), READ, "t1_a[2].x")).isTrue();
        assertThat(derivation.mayDiffer(unit(OTHER), OTHER, "t1_b")).isFalse();
        assertThat(derivation.mayDiffer(unit(OTHER), OTHER, "rows")).isFalse();
        assertThat(derivation.isWrong("t1.t1_b")).isFalse();
    }

    @Test
    void aWrongColumnThatDecidesMakesTheWholeAnswerWrong() {
        assertThat(of(FaultKind.CASE_CHANGED, "t1_a", FILTERED).mayDiffer(unit(FILTERED), FILTERED, "t1_b"))
                .isTrue();
    }

    @Test
    void whatIsComputedFromItIsWrongToo() {
        Derivation derivation = of(FaultKind.CASE_CHANGED, "t1_a", OTHER, COMPUTED);

        assertThat(derivation.isWrong("t1.t1_b")).isTrue();
        assertThat(derivation.mayDiffer(unit(OTHER), OTHER, "t1_b")).isTrue();
    }

    @Test
    void aLostRightUpsetsTheWholeTransaction() {
        Call elsewhere = read("t2_a", "t2.t2_a");
        Unit both = new Unit(0, List.of(READ, elsewhere));
        Derivation derivation = Derivation.of(scenario(List.of(both)), fault(FaultKind.GRANT_LOST, "*"));

        assertThat(derivation.mayDiffer(both, elsewhere, "t2_a")).isTrue();
        assertThat(derivation.mayDiffer(unit(elsewhere), elsewhere, "t2_a")).isFalse();
    }

    private static Call read(String column, String from) {
        return Call.query("SELECT " + column, List.of(), new Facts(Map.of(column, Set.of(from)), Set.of(), Map.of()));
    }

    private static Unit unit(Call call) {
        return new Unit(0, List.of(call));
    }

    private static Derivation of(FaultKind kind, String column, Call... calls) {
        return Derivation.of(
                scenario(List.of(calls).stream().map(DerivationTest::unit).toList()), fault(kind, column));
    }

    private static Fault fault(FaultKind kind, String column) {
        return new Fault(kind, Location.READ, "t1", column, "", Set.of("t1." + column));
    }

    private static Scenario scenario(List<Unit> units) {
        return new Scenario(
                0,
                new Schema(List.of(), List.of(), List.of(), List.of()),
                new Workload(Order.TAKING_TURNS, List.of(Dialect.SIMPLE), units),
                List.of(),
                Optional.empty());
    }
}
