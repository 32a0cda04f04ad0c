package dev.understudy.replay.safety;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.ReplayUsageError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetParametersTest {
    @ParameterizedTest
    @CsvSource({
        "sslcert,/x.crt", "sslcrl,/x.crl", "require_auth,scram-sha-256", "channel_binding,require",
        "gssencmode,require", "sslnegotiation,direct", "target_session_attrs,read-only", "requirepeer,postgres",
        "ssl_min_protocol_version,TLSv1.3"
    })
    void whatCannotBeGivenIsRefusedByItsName(String name, String value) {
        assertThatThrownBy(() -> TargetParameters.check(target("require", Map.of(name, value))))
                .isInstanceOf(ReplayUsageError.class)
                .hasMessageContaining("me@db:5432/shop: " + name);
    }

    @Test
    void whoVerifiesNamesWhomToTrust() {
        assertThatThrownBy(() -> TargetParameters.check(target("verify-full", Map.of())))
                .isInstanceOf(ReplayUsageError.class)
                .hasMessageContaining("sslmode=verify-full needs sslrootcert");
        assertThatCode(() -> TargetParameters.check(target("verify-ca", Map.of("sslrootcert", "/ca.pem"))))
                .doesNotThrowAnyException();
    }

    @Test
    void theOrdinaryIsTaken() {
        assertThatCode(() -> TargetParameters.check(target(
                        "prefer",
                        Map.of(
                                "application_name",
                                "x",
                                "options",
                                "-c a=b",
                                "channel_binding",
                                "prefer",
                                "sslcrl",
                                ""))))
                .doesNotThrowAnyException();
    }

    private static ConnectionInfo target(String sslMode, Map<String, String> parameters) {
        return new ConnectionInfo("db", 5432, "shop", "me", "", sslMode, parameters);
    }
}
