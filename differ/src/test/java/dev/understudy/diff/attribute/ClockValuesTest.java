package dev.understudy.diff.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.value.Value;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The left side ran from 2023-11-14 22:13:20.123456 UTC on, the right one 26 hours later; each took 10 ms. */
class ClockValuesTest {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;
    /** PostgreSQL counts from 2000 on. */
    private static final long Y2000 = 946_684_800 * SECOND;

    private static final long L = 1_700_000_000_123_456L;
    private static final long R = L + 26 * HOUR;
    private static final long TOOK = 10_000;
    /** Longer than clocks may differ by and the exchange took. */
    private static final long OFF = 120_000;

    private final ClockValues clocks = new ClockValues(new Window(L, L + TOOK), new Window(R, R + TOOK));

    private static Value zoned(long micros) {
        return new Value.TimestampTz(micros - Y2000);
    }

    private static Value local(long micros) {
        return new Value.Timestamp(micros - Y2000);
    }

    private static Value date(long daysSince1970) {
        return new Value.Date((int) (daysSince1970 - Y2000 / DAY));
    }

    private static Value number(String number) {
        return new Value.Numeric(new BigDecimal(number));
    }

    private static Value interval(int months, int days, long micros) {
        return new Value.Interval(months, days, micros);
    }

    // By themselves

    @Test
    void aStampIsWithinItsOwnSidesExchange() {
        assertThat(clocks.areStamps(zoned(L + 5), zoned(R + 7))).isTrue();
        assertThat(clocks.areStamps(zoned(L - 99_999), zoned(R + TOOK + 99_999)))
                .isTrue();
        assertThat(clocks.areStamps(zoned(L + OFF), zoned(R))).isFalse();
        assertThat(clocks.areStamps(zoned(L), zoned(R - OFF))).isFalse();
        assertThat(clocks.areStamps(zoned(R), zoned(L))).isFalse();
        assertThat(clocks.areStamps(zoned(L), zoned(L))).isFalse();
    }

    @Test
    void localStampsAreOfOneZone() {
        assertThat(clocks.areStamps(local(L + 2 * HOUR), local(R + 2 * HOUR))).isTrue();
        assertThat(clocks.areStamps(local(L + 14 * HOUR), local(R + 14 * HOUR))).isTrue();
        assertThat(clocks.areStamps(local(L + 15 * HOUR), local(R + 15 * HOUR))).isFalse();
        assertThat(clocks.areStamps(local(L + 2 * HOUR), local(R + HOUR))).isFalse();
        assertThat(clocks.areStamps(local(L + 10 * MINUTE), local(R + 10 * MINUTE)))
                .isFalse();
        assertThat(clocks.areStamps(local(L), zoned(R))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // Seconds, thousandths and millionths since 1970.
        "1700000000.123456, 1700093600.123456, true",
        "1700000000123, 1700093600123, true",
        "1700000000123456, 1700093600123456, true",
        "1700000001, 1700093600, true",
        "1700000000.123456, 1700093600.323456, false",
        "1700000000.323456, 1700093600.123456, false",
        "1700000000, 1700093600000, false",
        "17, 18, false"
    })
    void aNumberMayCountFrom1970(String a, String b, boolean stamps) {
        assertThat(clocks.areStamps(number(a), number(b))).isEqualTo(stamps);
    }

    @Test
    void numbersOfEveryTypeCount() {
        assertThat(clocks.areStamps(new Value.Int(1_700_000_000L), new Value.Int(1_700_093_600L)))
                .isTrue();
        assertThat(clocks.areStamps(
                        new Value.FloatingPoint(1.700000000123e9), new Value.FloatingPoint(1.700093600123e9)))
                .isTrue();
        assertThat(clocks.areStamps(new Value.FloatingPoint(Double.NaN), new Value.FloatingPoint(1.700093600123e9)))
                .isFalse();
        assertThat(clocks.areStamps(new Value.Text("now"), new Value.Text("then")))
                .isFalse();
    }

    @Test
    void aSmallNumberIsNoTimeThoughAClockOnceSaidIt() {
        Window early = new Window(50 * SECOND, 51 * SECOND);
        assertThat(new ClockValues(early, early).areStamps(number("50"), number("51")))
                .isFalse();
        Window late = new Window(100_000_000 * SECOND, 100_000_001 * SECOND);
        assertThat(new ClockValues(late, late).areStamps(number("100000000"), number("100000001")))
                .isTrue();
        assertThat(new ClockValues(late, late).areStamps(number("100000000000"), number("100000000500")))
                .isTrue();
    }

    // Computed from it

    private boolean derived(Value a, Value b) {
        return clocks.areDerived(a, b, "");
    }

    @Test
    void whatIsComputedFromATimeMovesWithTheClocks() {
        assertThat(derived(zoned(L + 7 * DAY), zoned(R + 7 * DAY))).isTrue();
        assertThat(derived(zoned(L - 7 * DAY), zoned(R - 7 * DAY + 100_000))).isTrue();
        assertThat(derived(zoned(L), zoned(R + OFF))).isFalse();
        assertThat(derived(zoned(L + OFF), zoned(R))).isFalse();
        assertThat(derived(local(L + 5 * MINUTE), local(R + 5 * MINUTE))).isTrue();
        assertThat(derived(local(L), zoned(R))).isFalse();
    }

    @Test
    void infinityMovesWithNoClock() {
        Value infinity = new Value.TimestampTz(Value.Timestamp.INFINITY);
        assertThat(derived(infinity, zoned(R))).isFalse();
        assertThat(derived(zoned(L), infinity)).isFalse();
        assertThat(derived(infinity, infinity)).isFalse();
    }

    @Test
    void aTimeThatOneSideAloneRoundedIsNoClock() {
        long whole = L / SECOND * SECOND;
        assertThat(derived(zoned(whole), zoned(whole + 26 * HOUR + 5))).isFalse();
        assertThat(derived(zoned(whole + 5), zoned(whole + 26 * HOUR))).isFalse();
        assertThat(derived(zoned(whole), zoned(whole + 26 * HOUR))).isTrue();
    }

    private static long begin(long micros, long unit) {
        return Math.floorDiv(micros, unit) * unit;
    }

    @Test
    void aTruncatedTimeIsTheBeginningOfTheExchangesUnit() {
        for (long unit : new long[] {SECOND, MINUTE, HOUR, DAY}) {
            assertThat(derived(zoned(begin(L, unit)), zoned(begin(R, unit))))
                    .as("unit=" + unit)
                    .isTrue();
        }
        assertThat(derived(zoned(begin(L, DAY)), zoned(begin(R, DAY) + DAY))).isFalse();
        assertThat(derived(zoned(begin(L, DAY) - DAY), zoned(begin(R, DAY)))).isFalse();
        assertThat(derived(zoned(begin(L, HOUR)), zoned(begin(R, HOUR) - HOUR))).isFalse();
        assertThat(derived(zoned(begin(L, DAY) + 30 * MINUTE), zoned(begin(R, DAY) - DAY + 30 * MINUTE)))
                .as("midnight somewhere")
                .isTrue();
        assertThat(derived(zoned(begin(L, DAY)), zoned(begin(R, DAY) - DAY + 30 * MINUTE)))
                .as("two zones")
                .isFalse();
    }

    @Test
    void aDateMovesByTheDaysBetween() {
        long before = L / DAY;
        assertThat(derived(date(before), date(before + 1))).isTrue();
        assertThat(derived(date(before), date(before + 2)))
                .as("22:13 and 00:13 of the next but one, east of it")
                .isTrue();
        assertThat(derived(date(before), date(before + 3))).isFalse();
        assertThat(derived(date(before), date(before))).isFalse();
        assertThat(derived(date(before + 10), date(before + 11))).isTrue();
    }

    @Test
    void aTimeOfDayGoesRound() {
        ClockValues hours = new ClockValues(new Window(L, L + TOOK), new Window(L + 2 * HOUR, L + 2 * HOUR + TOOK));
        Value late = new Value.Time(23 * HOUR);
        assertThat(hours.areDerived(new Value.Time(5 * HOUR), new Value.Time(7 * HOUR), ""))
                .isTrue();
        assertThat(hours.areDerived(late, new Value.Time(HOUR), "")).isTrue();
        assertThat(hours.areDerived(late, new Value.Time(2 * HOUR), "")).isFalse();
        assertThat(hours.areDerived(new Value.Time(7 * HOUR), new Value.Time(5 * HOUR), ""))
                .isFalse();
        ClockValues back = new ClockValues(new Window(L, L + TOOK), new Window(L - 2 * HOUR, L - 2 * HOUR + TOOK));
        assertThat(back.areDerived(new Value.Time(HOUR), late, "")).isTrue();
    }

    @Test
    void aSpanGrowsOrShrinksWithTheClocks() {
        assertThat(derived(interval(0, 1, HOUR), interval(0, 2, 3 * HOUR))).isTrue();
        assertThat(derived(interval(0, 2, 3 * HOUR), interval(0, 1, HOUR))).isTrue();
        assertThat(derived(interval(0, 0, 0), interval(0, 0, 26 * HOUR + 50_000)))
                .isTrue();
        assertThat(derived(interval(0, 0, 0), interval(0, 0, 26 * HOUR + OFF))).isFalse();
        assertThat(derived(interval(1, 0, 0), interval(1, 0, 26 * HOUR))).isTrue();
        assertThat(derived(interval(1, 0, 0), interval(2, 0, 26 * HOUR))).isFalse();
        assertThat(derived(interval(0, 5, 0), interval(0, 6, 0)))
                .as("days passed")
                .isTrue();
        assertThat(derived(interval(0, 6, 0), interval(0, 5, 0)))
                .as("days left")
                .isTrue();
        assertThat(derived(interval(0, 5, 0), interval(0, 9, 0))).isFalse();
        assertThat(derived(interval(0, 5, 0), interval(0, 5, 12 * HOUR))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "extract ( epoch from now ( ) ), 10.5, 93610.5, true",
        "extract ( epoch from now ( ) ), 10.5, 93610.7, false",
        "extract ( epoch from now ( ) ), 10, 93611, true",
        "extract ( epoch from now ( ) ), 10, 93609, true",
        "extract ( epoch from now ( ) ), 10, 93612, false",
        "extract ( epoch from now ( ) ), 10.5, 93611, false",
        "extract ( epoch from x - now ( ) ), 93610.5, 10.5, true",
        "extract ( epoch from x - now ( ) ), 93612, 10, false",
        "extract ( epoch from now ( ) ) * 1000, 10.5, 93600010.5, true",
        "extract ( epoch from now ( ) ) * 1000, 10, 93600180, false",
        "extract ( epoch from now ( ) ) * 1000, 10.5, 93610.5, false",
        "extract ( epoch from now ( ) ) * 1000000, 10, 93600000010, true",
        "extract ( epoch from now ( ) ) * 1000000, 10, 93600000, false",
        "extract ( hour from now ( ) ), 10.5, 93610.5, false",
        "extract ( epoch from now ( ) ), 10.5, 99999999999999999999999, false"
    })
    void anEpochsNumberMovesByItsUnits(String expression, String a, String b, boolean derived) {
        assertThat(clocks.areDerived(number(a), number(b), expression)).isEqualTo(derived);
    }

    @Test
    void whatIsNeitherTimeNorNumberIsNotComputedFromIt() {
        Value text = new Value.Text("epoch");
        assertThat(clocks.areDerived(text, number("1"), "epoch")).isFalse();
        assertThat(clocks.areDerived(number("1"), text, "epoch")).isFalse();
        assertThat(clocks.areDerived(zoned(L), number("1"), "epoch")).isFalse();
        assertThat(clocks.areDerived(interval(0, 0, 0), number("1"), "epoch")).isFalse();
    }
}
