package dev.understudy.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.cli.config.InvalidFileException;
import dev.understudy.lab.LabServers;
import java.sql.Connection;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationScriptIT {
    @Test
    void statementsRunOneByOneAsInPsql() throws Exception {
        try (Connection connection = LabServers.postgres().connect(LabServers.freshDatabase())) {
            new MigrationScript("m.sql", """
                            -- a comment; with a semicolon
                            CREATE TABLE t (a int, b text DEFAULT 'x;y');
                            BEGIN;
                            INSERT INTO t VALUES (1);
                            COMMIT;
                            CREATE INDEX CONCURRENTLY ON t (a);
                            DO $$ BEGIN UPDATE t SET b = '{not an escape}'; END $$;
                            """).run(connection);

            try (ResultSet row = connection.createStatement().executeQuery("SELECT b FROM t")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("{not an escape}");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1;##SELECT nothing;           | m.sql:3: the server refuses it: column \"nothing\"",
                "#SELECT 1,# 2,# 3 FROM nowhere       | m.sql:4: the server refuses it: relation \"nowhere\"",
                "SELECT 1;#SELEKT 2;                  | m.sql:2: the server refuses it: syntax error",
                "SELECT 1;#SELECT 1/0;                | m.sql:2: the server refuses it: division by zero (22012)",
            })
    void aRefusedStatementIsNamedWithItsLine(String sql, String expected) throws Exception {
        try (Connection connection = LabServers.postgres().connect("postgres")) {
            assertThatThrownBy(() -> new MigrationScript("m.sql", sql.replace('#', '\n')).run(connection))
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessageStartingWith(expected);
        }
    }
}
