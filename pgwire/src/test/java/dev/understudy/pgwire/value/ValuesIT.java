package dev.understudy.pgwire.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.server.ServerConnection;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values as a server sends them, in both formats. */
class ValuesIT {
    private static ServerConnection connection;

    @BeforeAll
    static void connect() throws IOException {
        connection = ServerConnection.open();
    }

    @AfterAll
    static void close() throws IOException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select i > 0, i::int2, i, i::int8 * 4000000000, i::text, i::varchar(5), i::char(8), i::name, (i & 127)::\"char\""
                        + " from generate_series(-300, 300) i",
                "select random() * power(10, i), (random() * power(10, i))::float4, -power(2, i), 'NaN'::float8, '-0'::float8,"
                        + " 'infinity'::float4, '-infinity'::float8 from generate_series(-30, 30) i",
                "select (random() * 1e9)::numeric, round((random() * 1e9)::numeric, i % 20), power(10::numeric, i), power(0.1::numeric, i),"
                        + " -i::numeric / 7, 'NaN'::numeric, 'infinity'::numeric, '-infinity'::numeric, 0.000::numeric(20, 10)"
                        + " from generate_series(0, 60) i",
                "select decode(md5(i::text), 'hex'), ''::bytea from generate_series(1, 50) i",
                "select '2000-01-01'::date + i * 731, 'infinity'::date, '-infinity'::date, '4713-01-01 BC'::date, '5874897-12-31'::date,"
                        + " '0001-12-31 BC'::date, '0001-01-01'::date from generate_series(-3000, 3000, 7) i",
                "select time '00:00' + i * interval '1 min 0.000013 s', time '24:00', time with time zone '12:34:56.7+05:30',"
                        + " '00:00:01-15:59:59'::timetz, '10:00-03'::timetz from generate_series(0, 1000, 13) i",
                "select timestamp '2000-01-01' + i * interval '997 days 1.000003 s', timestamptz '1970-01-01' - i * interval '31 days 1 us',"
                        + " timestamp 'infinity', timestamp '-infinity', timestamptz 'infinity', timestamp '4713-01-01 BC',"
                        + " timestamp '294276-12-31 23:59:59.999999' from generate_series(-800, 800, 3) i",
                "select i * interval '1 mon 2 days 03:04:05.678901', i * interval '-1 mon 2 days -3 hours', interval '0', i * interval '11 mons'"
                        + ", interval '-1 us', interval '178000000 years' from generate_series(-50, 50) i",
                "select md5(i::text)::uuid, ('{\"a\": [' || i || ', null, \"é\"]}')::json, ('{\"b\":1.10,  \"a\": ' || i || '}')::jsonb"
                        + " from generate_series(1, 50) i",
                "select array[i, null, 3], array[[i, 2], [3, 4]], array['a', 'NULL', null, '', 'q\"\\,{} '], '[-1:1]={1,2,3}'::int8[],"
                        + " '[0:1][5:6]={{1,2},{3,4}}'::numeric[], '{}'::text[], array[now()], array[date '2020-01-01', 'infinity'],"
                        + " array[true, null], array['\\x00ff'::bytea], array[1.5, 'NaN'], array['{\"a\":1}'::jsonb] from generate_series(1, 3) i",
                "select null::int, null::text, null::numeric[], pg_sleep(0), current_user, oid, xmin, typname, typlen from pg_type limit 20",
            })
    void bothFormatsAreEqualAndWrittenAsTheServerDoes(String sql) throws IOException {
        // random() must answer alike twice
        Selected.rows(connection, "select setseed(0.5)", 0);
        List<List<Selected.Cell>> text = Selected.rows(connection, sql, 0);
        Selected.rows(connection, "select setseed(0.5)", 0);
        List<List<Selected.Cell>> binary = Selected.rows(connection, sql, 1);
        assertThat(text).isNotEmpty().hasSameSizeAs(binary);
        for (int row = 0; row < text.size(); row++) {
            for (int column = 0; column < text.get(row).size(); column++) {
                Selected.Cell cell = text.get(row).get(column);
                assertThat(cell.value()).isNotInstanceOf(Value.Opaque.class);
                if (!sql.contains("now()")) {
                    assertThat(binary.get(row).get(column).value())
                            .as(cell.raw())
                            .isEqualTo(cell.value());
                }
                if (!(cell.value() instanceof Value.FloatingPoint)) {
                    assertThat(cell.value().text()).isEqualTo(cell.raw());
                }
            }
        }
    }

    @Test
    void otherZonesMeanTheSameMoment() throws IOException {
        String sql =
                "select timestamptz '2020-07-01 12:00+00', timestamptz '0044-03-15 12:00:00+00 BC', timestamptz '1900-01-01 00:00+00'";
        List<List<Selected.Cell>> utc = Selected.rows(connection, sql, 0);
        for (String zone : List.of("America/St_Johns", "Asia/Kathmandu", "Europe/Amsterdam", "Pacific/Kiritimati")) {
            Selected.rows(connection, "select set_config('TimeZone', '" + zone + "', false)", 0);
            List<List<Selected.Cell>> local = Selected.rows(connection, sql, 0);
            for (int i = 0; i < 3; i++) {
                assertThat(local.get(0).get(i).value())
                        .as(zone)
                        .isEqualTo(utc.get(0).get(i).value());
            }
        }
        Selected.rows(connection, "select set_config('TimeZone', 'UTC', false)", 0);
    }

    @Test
    void byteaInEscapeFormat() throws IOException {
        Selected.rows(connection, "select set_config('bytea_output', 'escape', false)", 0);
        String sql = "select string_agg(set_byte('\\x00', 0, i), '') from generate_series(0, 255) i";
        Value escaped = Selected.rows(connection, sql, 0).get(0).get(0).value();
        Selected.rows(connection, "select set_config('bytea_output', 'hex', false)", 0);
        assertThat(escaped)
                .isEqualTo(Selected.rows(connection, sql, 1).get(0).get(0).value());
    }

    /** The month may be told from the day, or not: then a date is opaque, never another one. */
    @Test
    void otherDateStylesMeanTheSameMoment() throws IOException {
        String sql =
                "select timestamp '2020-02-03 04:05:06.7', timestamptz '2020-02-03 04:05:06+00', date '2020-02-13',"
                        + " timestamp '0044-03-15 12:00 BC', timestamptz '10044-03-15 12:00+00', date '0044-03-15 BC', date '2020-02-03',"
                        + " timestamp 'infinity', date '-infinity'";
        List<List<Selected.Cell>> right = Selected.rows(connection, sql, 1);
        for (String zone : List.of("UTC", "Asia/Kathmandu", "America/Caracas", "Europe/London")) {
            Selected.rows(connection, "select set_config('TimeZone', '" + zone + "', false)", 0);
            for (String style : List.of("SQL, MDY", "SQL, DMY", "Postgres, MDY", "Postgres, DMY", "German")) {
                Selected.rows(connection, "select set_config('DateStyle', '" + style + "', false)", 0);
                List<List<Selected.Cell>> found = Selected.rows(connection, sql, 0);
                int decided = compare(found, right);
                boolean ambiguous = style.startsWith("SQL");
                boolean datesOnly = style.startsWith("Postgres");
                assertThat(decided).as(zone + " " + found).isGreaterThanOrEqualTo(ambiguous ? 6 : datesOnly ? 8 : 9);
            }
        }
        Selected.rows(connection, "select set_config('DateStyle', 'ISO', false)", 0);
        Selected.rows(connection, "select set_config('TimeZone', 'UTC', false)", 0);
    }

    @Test
    void abbreviationsOfZonesAreNotGuessed() throws IOException {
        Selected.rows(connection, "select set_config('DateStyle', 'German', false)", 0);
        Selected.rows(connection, "select set_config('TimeZone', 'Europe/Amsterdam', false)", 0);
        assertThat(Selected.rows(connection, "select timestamptz '2020-02-03 04:05:06+00'", 0)
                        .get(0)
                        .get(0)
                        .value())
                .isInstanceOf(Value.Opaque.class);
        Selected.rows(connection, "select set_config('DateStyle', 'ISO', false)", 0);
        Selected.rows(connection, "select set_config('TimeZone', 'UTC', false)", 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql_standard", "postgres_verbose", "iso_8601"})
    void otherIntervalStylesMeanTheSame(String style) throws IOException {
        String sql =
                "select y * interval '1 year' + m * interval '1 mon' + d * interval '1 day' + t * interval '03:04:05.6789'"
                        + " from unnest(array[0, 1, -1, 2]) y, unnest(array[0, 1, -3]) m, unnest(array[0, 1, -40]) d,"
                        + " unnest(array[0, 1, -1, 30, 0.001, -0.001]) t"
                        + " union all select '-00:00:00.000001' union all select '178000000 years' union all select '-178956970 years -8 mons'"
                        + " union all select '2147483647 days 2562047788:00:54.775807' union all select '-2562047788:00:54.775807'"
                        + " union all select '-1 day' union all select '00:00:59' union all select '-00:59:00' union all select '99:59:59.999999'";
        List<List<Selected.Cell>> right = Selected.rows(connection, sql, 1);
        Selected.rows(connection, "select set_config('IntervalStyle', '" + style + "', false)", 0);
        List<List<Selected.Cell>> found = Selected.rows(connection, sql, 0);
        Selected.rows(connection, "select set_config('IntervalStyle', 'postgres', false)", 0);
        for (int i = 0; i < right.size(); i++) {
            Selected.Cell cell = found.get(i).get(0);
            assertThat(cell.value())
                    .as(cell.raw())
                    .isEqualTo(right.get(i).get(0).value());
        }
    }

    private static int compare(List<List<Selected.Cell>> found, List<List<Selected.Cell>> right) {
        int decided = 0;
        for (int i = 0; i < right.get(0).size(); i++) {
            Value value = found.get(0).get(i).value();
            if (!(value instanceof Value.Opaque)) {
                assertThat(value).isEqualTo(right.get(0).get(i).value());
                decided++;
            }
        }
        return decided;
    }

    @Test
    void oidsAndNamesAreTheServers() throws IOException {
        List<List<Selected.Cell>> rows = Selected.rows(
                connection, "select oid::int8, typname::text, typarray::int8 from pg_type where oid < 10000", 0);
        for (PgType type : PgType.values()) {
            assertThat(rows)
                    .as(type.name())
                    .anyMatch(row -> row.get(0).raw().equals(String.valueOf(type.oid()))
                            && row.get(1).raw().equals(type.typeName())
                            && row.get(2).raw().equals(String.valueOf(type.arrayOid())));
        }
    }
}
