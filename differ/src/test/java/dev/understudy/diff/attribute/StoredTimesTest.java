package dev.understudy.diff.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Production's clock reads 10 s when the control's reads 500 s and the candidate's 501 s. */
class StoredTimesTest {
    private static final long SECOND = 1_000_000;
    private static final long PRODUCTION = 10 * SECOND + 7;
    private static final long CONTROL = 500 * SECOND + 7;
    private static final long CANDIDATE = 501 * SECOND + 7;
    private static final long HOUR = 3_600 * SECOND;

    private final Timeline arms = new Timeline();
    private final Timeline productionToControl = new Timeline();
    private final RunEvidence run = new RunEvidence(arms, productionToControl, new Identities());

    StoredTimesTest() {
        arms.add(at(500), at(501));
        productionToControl.add(at(10), at(500));
    }

    private static Window at(long second) {
        return new Window(second * SECOND, second * SECOND + 10);
    }

    private Attribution settle(Attribution judged, long control, long candidate, long production) {
        ClockClaim before = new ClockClaim(production, control, true);
        return new StoredTimes(new ClockClaim(control, candidate, true), before).settle(judged, run);
    }

    @ParameterizedTest
    @EnumSource(
            value = Attribution.class,
            names = {"UNEXPLAINED", "MIGRATION", "MIGRATION_WITHOUT_CONTROL"})
    void clocksOfOneExchangeExplain(Attribution judged) {
        assertThat(settle(judged, CONTROL, CANDIDATE, PRODUCTION)).isEqualTo(Attribution.CLOCK);
    }

    @Test
    void aShiftOfTheCandidateIsTheMigrations() {
        assertThat(settle(Attribution.UNEXPLAINED, CONTROL, CANDIDATE + HOUR, PRODUCTION))
                .isEqualTo(Attribution.MIGRATION);
        assertThat(settle(Attribution.UNEXPLAINED, CONTROL, CANDIDATE - HOUR, PRODUCTION))
                .isEqualTo(Attribution.MIGRATION);
    }

    @Test
    void timesThatNoClockWroteStayUnexplained() {
        assertThat(settle(Attribution.UNEXPLAINED, CONTROL + HOUR, CANDIDATE, PRODUCTION))
                .isEqualTo(Attribution.UNEXPLAINED);
        assertThat(new StoredTimes(new ClockClaim(CONTROL, CANDIDATE + HOUR, true), null)
                        .settle(Attribution.UNEXPLAINED, run))
                .isEqualTo(Attribution.UNEXPLAINED);
    }

    @Test
    void whatWasJudgedByChanceStaysSo() {
        assertThat(settle(Attribution.NONDETERMINISTIC, CONTROL, CANDIDATE + HOUR, PRODUCTION))
                .isEqualTo(Attribution.NONDETERMINISTIC);
        assertThat(settle(Attribution.MIGRATION_WITHOUT_CONTROL, CONTROL, CANDIDATE + HOUR, PRODUCTION))
                .isEqualTo(Attribution.MIGRATION_WITHOUT_CONTROL);
    }

    @Test
    void theEnvironmentsTimesAreProductionsAndTheControls() {
        StoredTimes stored = new StoredTimes(new ClockClaim(PRODUCTION, CONTROL, true), null);
        assertThat(stored.settle(Attribution.ENVIRONMENT, run)).isEqualTo(Attribution.CLOCK);
        StoredTimes shifted = new StoredTimes(new ClockClaim(PRODUCTION, CONTROL + HOUR, true), null);
        assertThat(shifted.settle(Attribution.ENVIRONMENT, run)).isEqualTo(Attribution.ENVIRONMENT);
    }
}
