package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.SessionStart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PsqlIT {
    @TempDir
    Path dataDir;

    @Test
    void scriptWithCopyBothWays() throws Exception {
        PostgresTools.require("psql");
        Path script = Files.writeString(dataDir.resolve("script.sql"), """
                CREATE TABLE t (id int, name text);
                \\copy t FROM stdin
                1	one
                2	two
                \\.
                \\copy t TO stdout
                SELECT * FROM t ORDER BY id \\gdesc
                BEGIN; INSERT INTO t VALUES (3, 'three'); COMMIT;
                """);
        try (AgentUnderTest agent = AgentUnderTest.start(dataDir.resolve("data"))) {
            String output = PostgresTools.run(
                    "psql", agent.port(), agent.database, "-X", "-v", "ON_ERROR_STOP=1", "-f", script.toString());
            assertThat(output).contains("1\tone", "2\ttwo");
            RecordedTrace trace = agent.finish();
            assertThat(trace.all(SessionStart.class).get(0).startup()).containsEntry("application_name", "psql");
            assertThat(trace.exchanges())
                    .anyMatch(exchange -> exchange.flags().contains(ExchangeFlag.COPY_IN)
                            && sql(exchange).contains("2\ttwo"))
                    .anyMatch(exchange -> exchange.flags().contains(ExchangeFlag.COPY_OUT))
                    .anyMatch(exchange -> exchange.answer().tags().contains("INSERT 0 1"));
        }
    }

    private static String sql(Exchange exchange) {
        return exchange.request().toString(StandardCharsets.UTF_8);
    }
}
