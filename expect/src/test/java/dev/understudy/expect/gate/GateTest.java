package dev.understudy.expect.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.expect.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
    @ParameterizedTest
    @CsvSource({
        "UNEXPECTED_BLOCKERS, ABOVE, 0, 0",
        "UNEXPECTED_BLOCKERS, ABOVE, 3, ≤ 3",
        "COMPARED, BELOW, 0, ≥ 0",
        "COMPARED, BELOW, 1, ≥ 1",
        "RACED_SHARE, ABOVE, 0, ≤ 0 %",
        "COMPARED_SHARE, BELOW, 0.95, ≥ 95 %",
    })
    void saysWhatMustHold(Metric metric, Comparator comparator, double limit, String requirement) {
        assertThat(new Gate(metric, comparator, limit, Verdict.NO_GO, "", "").requirement())
                .isEqualTo(requirement);
    }

    @ParameterizedTest
    @CsvSource({
        "ABOVE, 1, 1, false",
        "ABOVE, 1.1, 1, true",
        "BELOW, 1, 1, false",
        "BELOW, 0.9, 1, true",
        "ABOVE, NaN, 1, true",
        "BELOW, NaN, 1, true",
    })
    void tripsBeyondTheLimitAndWhereThereIsNoNumber(Comparator comparator, double value, double limit, boolean trips) {
        assertThat(comparator.trips(value, limit)).isEqualTo(trips);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "120000, 120000", "1.5, 1.5", "NaN, NaN", "Infinity, Infinity"})
    void aCountIsWrittenInFull(double value, String shown) {
        assertThat(Unit.COUNT.format(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, Infinity"})
    void aShareThatIsNoNumberIsShownAsSuch(double value, String shown) {
        assertThat(Unit.SHARE.format(value)).isEqualTo(shown);
    }

    @Test
    void aShareIsThePartOfTheWhole() {
        Measurements measured = new Measurements.Builder()
                .share(Metric.COMPARED_SHARE, 3, 4, "by orders")
                .build();
        assertThat(measured.value(Metric.COMPARED_SHARE)).hasValue(0.75);
        assertThat(measured.detail(Metric.COMPARED_SHARE)).isEqualTo("by orders");
    }

    @Test
    void aMetricRuledOutTripsNoGate() {
        Gate lost = new Gate(Metric.LOST_EXCHANGES, Comparator.ABOVE, 0, Verdict.NO_GO, "lost", "nothing lost");
        Gate compared = new Gate(Metric.COMPARED, Comparator.BELOW, 1, Verdict.INCONCLUSIVE, "none", "some");
        Measurements measured = new Measurements.Builder()
                .set(Metric.COMPARED, 5)
                .set(Metric.LOST_EXCHANGES, 9)
                .notApplicable(Metric.LOST_EXCHANGES)
                .build();
        Decision decision = Gates.decide(List.of(lost, compared), measured);
        assertThat(decision.verdict()).isEqualTo(Verdict.GO);
        assertThat(decision.reasons()).extracting(Reason::text).containsExactly("some.");
    }
}
