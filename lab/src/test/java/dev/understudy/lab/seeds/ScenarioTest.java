package dev.understudy.lab.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    private static final int ENOUGH = 600;

    @Test
    void aSeedAlwaysStandsForTheSameScenario() {
        assertThat(Scenario.of(7).schema()).isEqualTo(Scenario.of(7).schema());
        assertThat(Scenario.of(7).script()).isEqualTo(Scenario.of(7).script());
        assertThat(statements(7)).isEqualTo(statements(7)).isNotEqualTo(statements(11));
        assertThat(Scenario.of(7).script()).isNotEqualTo(Scenario.of(11).script());
    }

    @Test
    void everyFourthIsCleanAndEveryFaultAndPlaceComesUp() {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        Set<Location> locations = EnumSet.noneOf(Location.class);
        for (long seed = 0; seed < ENOUGH; seed++) {
            Scenario scenario = Scenario.of(seed);
            assertThat(scenario.fault().isEmpty()).isEqualTo(seed % 4 == 0);
            scenario.fault().ifPresent(fault -> {
                kinds.add(fault.kind());
                locations.add(fault.location());
            });
        }
        assertThat(kinds).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(locations).containsExactlyInAnyOrder(Location.values());
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
