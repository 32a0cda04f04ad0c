package dev.understudy.diff.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockDefaultTest {
    @ParameterizedTest
    @CsvSource({
        "(now() + '30 days'::interval), 2592000000000",
        "now() - '1 day'::interval, -86400000000",
        "(CURRENT_TIMESTAMP + '01:30:00'::interval), 5400000000",
        "(LOCALTIMESTAMP + '1 day 00:00:01'::interval), 86401000000",
        "((clock_timestamp() - '00:00:00.5'::interval)), -500000",
        "(statement_timestamp() + '00:00:00'::interval), 0",
        "(transaction_timestamp() + '-1 days'::interval), -86400000000"
    })
    void aFixedSpanIsAddedToTheClock(String expression, long micros) {
        assertThat(ClockDefault.added(expression)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now()",
                "(now() + '1 mon'::interval)",
                "(now() + '1 year 2 days'::interval)",
                "(now() + '30 days'::text)",
                "(now() * '30 days'::interval)",
                "(later() + '30 days'::interval)",
                "((now() + '30 days'::interval))::date",
                "(now() + 'soon'::interval)"
            })
    void whatIsNoSuchSumIsNotKnown(String expression) {
        assertThat(ClockDefault.added(expression)).isNull();
    }
}
