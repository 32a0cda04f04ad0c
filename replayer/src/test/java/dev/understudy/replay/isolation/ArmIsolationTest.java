package dev.understudy.replay.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArmIsolationTest {
    @Test
    void onlyTheDefaultLevelOfTransactionsIsPutOtherwise() {
        assertThat(ArmIsolation.setting("default_transaction_isolation", "serializable"))
                .isEqualTo("repeatable read");
        assertThat(ArmIsolation.setting("Default_Transaction_Isolation", "SERIALIZABLE"))
                .isEqualTo("repeatable read");
        assertThat(ArmIsolation.setting("default_transaction_isolation", "read committed"))
                .isEqualTo("read committed");
        assertThat(ArmIsolation.setting("application_name", "serializable")).isEqualTo("serializable");
    }

    @Test
    void assignmentsOfRolesAreReadUpToTheFirstEqualsSign() {
        assertThat(ArmIsolation.setting("default_transaction_isolation=serializable"))
                .isEqualTo("default_transaction_isolation=repeatable read");
        assertThat(ArmIsolation.setting("search_path=serializable")).isEqualTo("search_path=serializable");
        assertThat(ArmIsolation.setting("no assignment")).isEqualTo("no assignment");
    }

    @Test
    void optionsKeepTheirFormAndEscapeTheBlank() {
        assertThat(ArmIsolation.options("-c work_mem=8MB -c default_transaction_isolation=serializable -c geqo=off"))
                .isEqualTo("-c work_mem=8MB -c default_transaction_isolation=repeatable\\ read -c geqo=off");
        assertThat(ArmIsolation.options("--default-transaction-isolation=Serializable"))
                .isEqualTo("--default-transaction-isolation=repeatable\\ read");
        assertThat(ArmIsolation.options("-c default_transaction_isolation=repeatable\\ read"))
                .isEqualTo("-c default_transaction_isolation=repeatable\\ read");
    }

    @Test
    void aServerThatBeginsOtherwiseNeedsNothing() {
        assertThat(ArmIsolation.byDefault("serializable")).isEqualTo("default_transaction_isolation=repeatable read");
        assertThat(ArmIsolation.byDefault("read committed")).isEmpty();
    }
}
