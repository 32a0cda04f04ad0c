package dev.understudy.lab.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    private static final int ENOUGH = 200;

    @Test
    void aSeedAlwaysStandsForTheSameScenario() {
        assertThat(Scenario.of(7).schema()).isEqualTo(Scenario.of(7).schema());
        assertThat(Scenario.of(7).script()).isEqualTo(Scenario.of(7).script());
        assertThat(statements(7)).isEqualTo(statements(7)).isNotEqualTo(statements(11));
        assertThat(Scenario.of(7).script()).isNotEqualTo(Scenario.of(11).script());
    }

    @Test
    void everyFourthIsCleanAndTheOthersHaveEveryFaultInEveryPlaceEquallyOften() {
        int rounds = 2;
        int faulty = rounds * FaultCell.all().size();
        Map<FaultCell, Integer> cells = new HashMap<>();
        for (long seed = 0; faulty > 0; seed++) {
            Scenario scenario = Scenario.of(seed);
            assertThat(scenario.fault().isEmpty()).isEqualTo(seed % 4 == 0);
            if (scenario.fault().isPresent()) {
                Fault fault = scenario.fault().get();
                cells.merge(new FaultCell(fault.kind(), fault.location()), 1, Integer::sum);
                faulty--;
            }
        }
        assertThat(cells.keySet()).containsExactlyInAnyOrderElementsOf(FaultCell.all());
        assertThat(cells.values()).containsOnly(rounds);
        assertThat(cells.keySet()).extracting(FaultCell::kind).contains(FaultKind.values());
        assertThat(cells.keySet()).extracting(FaultCell::location).contains(Location.values());
    }

    @Test
    void someOfThoseWithoutAFaultAreRehearsedWrongly() {
        Set<Setup> setups = EnumSet.noneOf(Setup.class);
        for (long seed = 0; seed < ENOUGH; seed++) {
            Scenario scenario = Scenario.of(seed);
            setups.add(scenario.setup());
            assertThat(scenario.fault().isPresent() && scenario.setup() != Setup.RIGHT)
                    .isFalse();
        }
        assertThat(setups).containsExactlyInAnyOrder(Setup.values());
    }

    @Test
    void aFaultToBeOverwrittenLiesWhereTheWorkloadWritesAConstant() {
        for (long seed = 0; seed < ENOUGH; seed++) {
            Scenario scenario = Scenario.of(seed);
            scenario.fault()
                    .filter(fault -> fault.location() == Location.OVERWRITTEN)
                    .ifPresent(fault -> assertThat(statements(scenario.seed()))
                            .anyMatch(sql ->
                                    sql.startsWith("UPDATE " + fault.object() + " SET " + fault.column() + " = ")));
        }
    }

    @Test
    void sessionsSideBySideShareNoTableThatOneOfThemWrites() {
        for (long seed = 0; seed < 200; seed++) {
            Workload workload = Scenario.of(seed).workload();
            if (workload.order() == Workload.Order.SIDE_BY_SIDE) {
                for (Unit unit : workload.units()) {
                    assertThat(workload.units().stream()
                                    .filter(other -> other.session() != unit.session())
                                    .flatMap(other -> other.locks().stream()))
                            .noneMatch(unit.locks()::contains);
                }
            }
        }
    }

    private static List<String> statements(long seed) {
        return Scenario.of(seed).workload().units().stream()
                .flatMap(unit -> unit.calls().stream())
                .map(Call::sql)
                .toList();
    }
}
