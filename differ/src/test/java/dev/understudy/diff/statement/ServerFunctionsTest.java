package dev.understudy.diff.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One function of each kind, and the neighbours that are none. */
class ServerFunctionsTest {
    @ParameterizedTest
    @CsvSource({
        "random,              volatile", // 9.3.4
        "gen_random_uuid,     volatile", // 9.14
        "pg_current_wal_lsn,  volatile", // 9.27
        "current_setting,     setting", // 9.27.1
        "inet_server_addr,    setting", // 9.26
        "clock_timestamp,     clock", // 9.9.5
        "current_date,        clock",
        "age,                 clock", // 9.9
        "nextval,             sequence", // 9.17
        "lastval,             sequence",
        "jsonb_agg,           ordered", // 9.21
        "array_agg,           ordered",
        "avg,                 float",
        "regr_slope,          float",
        "lower,               ''",
        "setval,              ''", // what it returns is what it was given
        "count,               ''",
        "max,                 ''",
        "string_agg,          ''",
        "date_trunc,          ''",
        "setseed,             ''"
    })
    void eachIsOfOneKind(String function, String kind) {
        assertThat(ServerFunctions.isVolatile(function)).as("volatile").isEqualTo(kind.equals("volatile"));
        assertThat(ServerFunctions.isSetting(function)).as("setting").isEqualTo(kind.equals("setting"));
        assertThat(ServerFunctions.isClock(function)).as("clock").isEqualTo(kind.equals("clock"));
        assertThat(ServerFunctions.isSequence(function)).as("sequence").isEqualTo(kind.equals("sequence"));
        assertThat(ServerFunctions.isOrderedAggregate(function)).as("ordered").isEqualTo(kind.equals("ordered"));
        assertThat(ServerFunctions.isFloatAggregate(function)).as("float").isEqualTo(kind.equals("float"));
    }

    @ParameterizedTest
    @CsvSource({
        "pg_stat_activity,          true", // 28.2
        "pg_catalog.pg_stats,       true", // 54.27
        "pg_locks,                  true",
        "pg_catalog.pg_settings,    true",
        "pg_class,                  false",
        "pg_catalog.pg_namespace,   false",
        "public.pg_stat_activity,   false",
        "orders,                    false"
    })
    void theServersStatisticsAndSettingsAreNoContents(String table, boolean statistics) {
        assertThat(ServerFunctions.isStatistics(table)).isEqualTo(statistics);
    }
}
