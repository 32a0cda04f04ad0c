package dev.understudy.expect.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.expect.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatesTest {
    /** A run with which every default gate is content. */
    private static Measurements.Builder sound() {
        Measurements.Builder measured = new Measurements.Builder();
        Map<Metric, Double> good = Map.of(
                Metric.COMPARED,
                1000.0,
                Metric.COMPARED_SHARE,
                1.0,
                Metric.TABLE_COMPARED_SHARE,
                1.0,
                Metric.FOOTPRINT_ITEMS,
                3.0);
        for (Metric metric : Metric.values()) {
            measured.set(metric, good.getOrDefault(metric, 0.0));
        }
        return measured;
    }

    private static Decision decide(Measurements.Builder measured) {
        return Gates.decide(Gates.defaults(), measured.build());
    }

    @Test
    void goesWhereEveryGateHolds() {
        Decision decision = decide(sound());
        assertThat(decision.verdict()).isEqualTo(Verdict.GO);
        assertThat(decision.tripped()).isEmpty();
        assertThat(decision.reasons()).hasSize(Gates.defaults().size()).allSatisfy(reason -> {
            assertThat(reason.effect()).isEqualTo(Verdict.GO);
            assertThat(reason.text()).endsWith(".");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "UNEXPECTED_BLOCKERS, 1, NO_GO",
        "FOOTPRINT_ITEMS, 0, INCONCLUSIVE",
        "FOOTPRINT_NOT_EXERCISED, 1, INCONCLUSIVE",
        "STATE_NOT_COMPARED, 1, INCONCLUSIVE",
        "RACED_IN_FOOTPRINT, 1, INCONCLUSIVE",
        "BLIND_IN_FOOTPRINT, 1, INCONCLUSIVE",
        "PARITY_FAILURES, 1, INCONCLUSIVE",
        "COMPARED, 0, INCONCLUSIVE",
        "COMPARED, 1, GO",
        "COMPARED_SHARE, 0.95, GO",
        "COMPARED_SHARE, 0.9499, INCONCLUSIVE",
        "TABLE_COMPARED_SHARE, 0.99, GO",
        "TABLE_COMPARED_SHARE, 0.9899, INCONCLUSIVE",
        "RACED_SHARE, 0.001, GO",
        "RACED_SHARE, 0.0011, INCONCLUSIVE",
        "ENVIRONMENT_SHARE, 0.01, GO",
        "ENVIRONMENT_SHARE, 0.011, INCONCLUSIVE",
        "LOST_EXCHANGES, 1, INCONCLUSIVE",
        "MISSING_ROLES, 1, INCONCLUSIVE",
        "LEDGER_DIFFERENCE, 1, INCONCLUSIVE",
        "UNREAD_OUTCOMES, 1, INCONCLUSIVE",
        "PARTIAL_RUN, 1, INCONCLUSIVE",
        "COMPARED_SHARE, NaN, INCONCLUSIVE",
    })
    void tripsOnTheWrongSideOfTheLimit(Metric metric, double value, Verdict expected) {
        Decision decision = decide(sound().set(metric, value));
        assertThat(decision.verdict()).isEqualTo(expected);
        assertThat(decision.tripped()).hasSize(expected == Verdict.GO ? 0 : 1);
    }

    @Test
    void everyMetricHasADefaultGate() {
        assertThat(Gates.defaults()).extracting(Gate::metric).containsExactlyInAnyOrder(Metric.values());
    }

    @Test
    void noGoBeatsInconclusiveAndComesFirst() {
        Decision decision = decide(sound().set(Metric.PARITY_FAILURES, 2).set(Metric.UNEXPECTED_BLOCKERS, 3));
        assertThat(decision.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(decision.reasons())
                .extracting(Reason::gate)
                .containsExactly("groups.unexpected_blockers", "parity.failures");
    }

    @Test
    void aMetricWithoutDataIsInconclusiveWhateverItsGateAsksFor() {
        Decision decision = Gates.decide(Gates.defaults(), new Measurements.Builder().build());
        assertThat(decision.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(decision.reasons())
                .hasSize(Gates.defaults().size())
                .allSatisfy(reason -> assertThat(reason.valueText()).isEqualTo("no data"));
    }

    @Test
    void aMetricThatHasNoMeaningForTheRunIsLeftOut() {
        Measurements.Builder measured = new Measurements.Builder();
        for (Metric metric : Metric.values()) {
            measured.notApplicable(metric);
        }
        measured.set(Metric.COMPARED, 5);
        Gate compared = new Gate(Metric.COMPARED, Comparator.BELOW, 1, Verdict.INCONCLUSIVE, "none", "some");
        assertThat(Gates.decide(List.of(compared), measured.build()).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void noGatesAreNoGoAhead() {
        assertThat(Gates.decide(List.of(), sound().build()).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aReasonSaysValueLimitAndDetail() {
        Reason reason = decide(sound().set(Metric.COMPARED_SHARE, 0.94999, "lowest for orders"))
                .reasons()
                .get(0);
        assertThat(reason.gate()).isEqualTo("coverage.carrying_data");
        assertThat(reason.value()).hasValue(0.94999);
        assertThat(reason.valueText()).isEqualTo("94.99 %");
        assertThat(reason.limitText()).isEqualTo("≥ 95 %");
        assertThat(reason.text()).endsWith(": lowest for orders.");
    }

    @Test
    void aShareWithoutAWholeHasNoData() {
        Measurements.Builder measured = new Measurements.Builder().share(Metric.COMPARED_SHARE, 0, 0, "");
        assertThat(measured.build().value(Metric.COMPARED_SHARE)).isEmpty();
    }

    @Test
    void aGateCannotAskForGoOrLackALimit() {
        assertThatThrownBy(() -> new Gate(Metric.COMPARED, Comparator.BELOW, 1, Verdict.GO, "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("coverage.compared");
        assertThatThrownBy(() -> new Gate(Metric.COMPARED, Comparator.BELOW, Double.NaN, Verdict.NO_GO, "", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void metricsAreFoundByName() {
        for (Metric metric : Metric.values()) {
            assertThat(Metric.named(metric.label())).contains(metric);
        }
        assertThat(Metric.named("coverage.unheard_of")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 %",
        "1, 100 %",
        "0.5, 50 %",
        "0.99999, 99.99 %",
        "0.001, 0.1 %",
        "0.0011, 0.11 %",
        "0.0000123, 0.0012 %",
    })
    void aShareIsCutOffAndNeverRounded(double share, String shown) {
        assertThat(Unit.SHARE.format(share)).isEqualTo(shown);
    }
}
