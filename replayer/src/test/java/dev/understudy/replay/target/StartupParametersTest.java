package dev.understudy.replay.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.ConnectionInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartupParametersTest {
    private static final ConnectionInfo ARM = new ConnectionInfo("h", 1, "copy", "tester", "", "disable", Map.of());

    @Test
    void userAndDatabaseAreTheArms() {
        Map<String, String> parameters = StartupParameters.of(
                Map.of("user", "app", "database", "prod", "DateStyle", "ISO, DMY"), List.of(), ARM, 150_000);

        assertThat(parameters)
                .containsEntry("user", "tester")
                .containsEntry("database", "copy")
                .containsEntry("DateStyle", "ISO, DMY");
    }

    @Test
    void timeoutsAreOffWhateverTheClientAskedFor() {
        Map<String, String> parameters = StartupParameters.of(
                Map.of("statement_timeout", "5", "options", "-c lock_timeout=7"), List.of(), ARM, 150_000);

        assertThat(parameters).doesNotContainKey("statement_timeout");
        assertThat(parameters.get("options"))
                .startsWith("-c lock_timeout=7 ")
                .contains("-c statement_timeout=0", "-c lock_timeout=0", "-c idle_session_timeout=0")
                .doesNotContain("transaction_timeout=0 -c transaction_timeout=0")
                .doesNotContain(" transaction_timeout");
    }

    @Test
    void whatAServerDoesNotKnowIsNotSet() {
        assertThat(StartupParameters.of(Map.of(), List.of(), ARM, 130_000).get("options"))
                .doesNotContain("idle_session_timeout");
        assertThat(StartupParameters.of(Map.of(), List.of(), ARM, 170_000).get("options"))
                .contains(" -c transaction_timeout=0");
    }

    @Test
    void aRolesSettingsComeBeforeTheClientsOptions() {
        Map<String, String> parameters = StartupParameters.of(
                Map.of("options", "-c work_mem=8MB", "TimeZone", "UTC"),
                List.of("search_path=app, \"my schema\"", "TimeZone=Asia/Tokyo"),
                ARM,
                150_000);

        assertThat(parameters.get("options"))
                .startsWith("-c search_path=app,\\ \"my\\ schema\" -c work_mem=8MB ")
                .doesNotContain("Asia/Tokyo");
    }

    @Test
    void whateverIsSerializableByDefaultIsWhatStandsForIt() {
        Map<String, String> asked = StartupParameters.of(
                Map.of("default_transaction_isolation", "serializable"),
                List.of("default_transaction_isolation=repeatable read"),
                ARM,
                150_000);
        Map<String, String> byRole = StartupParameters.of(
                Map.of("options", "-c default_transaction_isolation=serializable"),
                List.of("default_transaction_isolation=serializable"),
                ARM,
                150_000);

        assertThat(asked).containsEntry("default_transaction_isolation", "repeatable read");
        assertThat(asked.get("options")).doesNotContain("isolation");
        assertThat(byRole.get("options"))
                .startsWith("-c default_transaction_isolation=repeatable\\ read"
                        + " -c default_transaction_isolation=repeatable\\ read ");
    }

    @Test
    void replicationAndProtocolOptionsStayBehind() {
        assertThat(StartupParameters.of(Map.of("replication", "true", "_pq_.x", "1"), List.of(), ARM, 150_000))
                .doesNotContainKeys("replication", "_pq_.x");
    }
}
