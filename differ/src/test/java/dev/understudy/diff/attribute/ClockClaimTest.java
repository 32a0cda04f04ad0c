package dev.understudy.diff.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One exchange ran at second 100,000.5 on the left and at second 500,000.5 on the right, another an hour later on both. */
class ClockClaimTest {
    private static final long SECOND = 1_000_000;
    private static final long QUARTER = 900 * SECOND;
    private static final long HOUR = 4 * QUARTER;
    private static final long Y2000 = 946_684_800 * SECOND;
    private static final long LEFT = 100_000 * SECOND + 500_000;
    private static final long RIGHT = 500_000 * SECOND + 500_000;

    private static Window at(long micros) {
        return new Window(micros, micros + 10);
    }

    private static Timeline timeline() {
        Timeline timeline = new Timeline();
        timeline.add(at(LEFT), at(RIGHT));
        return timeline;
    }

    private static Value zoned(long micros) {
        return new Value.TimestampTz(micros - Y2000);
    }

    private static Value local(long micros) {
        return new Value.Timestamp(micros - Y2000);
    }

    @Test
    void pointsInTimeMakeAClaim() {
        assertThat(ClockClaim.of(zoned(LEFT), zoned(RIGHT))).isEqualTo(new ClockClaim(LEFT, RIGHT, true));
        assertThat(ClockClaim.of(local(LEFT), local(RIGHT))).isEqualTo(new ClockClaim(LEFT, RIGHT, false));
        assertThat(ClockClaim.of(
                        new Value.Text("1970-01-01 00:00:01.5+00"), new Value.Text("1970-01-01 00:00:02.5+00")))
                .isEqualTo(new ClockClaim(SECOND + 500_000, 2 * SECOND + 500_000, true));
    }

    @Test
    void whatIsNoPointInTimeOrNotAlikeMakesNone() {
        Value infinity = new Value.TimestampTz(Value.Timestamp.INFINITY);
        assertThat(ClockClaim.of(zoned(LEFT), local(RIGHT))).isNull();
        assertThat(ClockClaim.of(zoned(LEFT), infinity)).isNull();
        assertThat(ClockClaim.of(infinity, zoned(RIGHT))).isNull();
        assertThat(ClockClaim.of(new Value.Date(1), new Value.Date(2))).isNull();
        assertThat(ClockClaim.of(new Value.Time(1), new Value.Time(2))).isNull();
        assertThat(ClockClaim.of(new Value.Text("now"), zoned(RIGHT))).isNull();
        assertThat(ClockClaim.of(zoned(LEFT), new Value.Text("now"))).isNull();
        assertThat(ClockClaim.of(zoned(100 * SECOND), zoned(RIGHT)))
                .as("one side alone was rounded")
                .isNull();
    }

    @Test
    void whatADefaultAddsIsTakenFromBothSides() {
        assertThat(new ClockClaim(LEFT, RIGHT, true).less(HOUR))
                .isEqualTo(new ClockClaim(LEFT - HOUR, RIGHT - HOUR, true));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "3600, 3600, false", "3600, 0, false", "0, 3600, false"})
    void aTimeWithItsZoneFitsAsItIs(long left, long right, boolean fits) {
        ClockClaim claim = new ClockClaim(LEFT + left * SECOND, RIGHT + right * SECOND, true);
        assertThat(claim.fits(timeline())).isEqualTo(fits);
        assertThat(claim.fits(at(LEFT), at(RIGHT))).isEqualTo(fits);
        assertThat(claim.fitsInEveryZone(timeline())).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "900, 900, true",
        "-900, -900, true",
        "50400, 50400, true",
        "-50400, -50400, true",
        "51300, 51300, false",
        "-51300, -51300, false",
        "60, 60, false",
        "900, 1800, false",
        "900, 0, false"
    })
    void aLocalTimeFitsInOneZoneOfBothSides(long left, long right, boolean fits) {
        ClockClaim claim = new ClockClaim(LEFT + left * SECOND, RIGHT + right * SECOND, false);
        assertThat(claim.fits(timeline())).isEqualTo(fits);
        assertThat(claim.fits(at(LEFT), at(RIGHT))).isEqualTo(fits);
        assertThat(claim.fitsInEveryZone(timeline())).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(longs = {HOUR, -HOUR, 14 * HOUR, -14 * HOUR})
    void whereAnExchangeRanInAnotherZoneItMustFitTooUnlessSidesRanAtOneTime(long apart) {
        ClockClaim claim = new ClockClaim(LEFT, RIGHT, false);
        Timeline timeline = timeline();
        timeline.add(at(LEFT + apart), at(RIGHT + 7 * HOUR + apart));
        assertThat(claim.fits(timeline)).isTrue();
        assertThat(claim.fitsInEveryZone(timeline)).isFalse();
        Timeline both = timeline();
        both.add(at(LEFT + apart), at(RIGHT + apart));
        assertThat(claim.fitsInEveryZone(both)).isTrue();
    }

    @Test
    void anExchangeThatRanBeyondAllZonesDoesNotMatter() {
        Timeline timeline = timeline();
        timeline.add(at(LEFT + 14 * HOUR + QUARTER), at(RIGHT));
        assertThat(new ClockClaim(LEFT, RIGHT, false).fitsInEveryZone(timeline)).isTrue();
    }
}
