package dev.understudy.replay.safety;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.ReplayUsageError;
import java.util.Map;
import java.util.Set;

/**
 * What a target's libpq parameters ask for that replay's own connections can't give: it is refused by its name rather
 * than passed over, since most of it is about whom to trust. Pure.
 */
final class TargetParameters {
    /** Asked for by these, whatever the value. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "sslcert", "sslkey", "sslpassword", "sslcrl", "sslcrldir", "requirepeer", "require_auth", "replication");

    /** Values that change nothing here; others are refused. */
    private static final Map<String, Set<String>> HARMLESS = Map.of(
            "channel_binding", Set.of("prefer", "disable"),
            "gssencmode", Set.of("prefer", "disable"),
            "sslnegotiation", Set.of("postgres"),
            "sslcertmode", Set.of("allow", "disable"),
            "sslcompression", Set.of("0"),
            "sslsni", Set.of("1"),
            "ssl_min_protocol_version", Set.of("TLSv1", "TLSv1.1", "TLSv1.2"),
            "target_session_attrs", Set.of("any", "read-write", "primary"));

    private TargetParameters() {}

    /**
     * Checks one target.
     *
     * @throws ReplayUsageError naming the parameter
     */
    static void check(ConnectionInfo target) {
        target.parameters().forEach((name, value) -> {
            Set<String> harmless = HARMLESS.get(name);
            if (!value.isEmpty() && UNSUPPORTED.contains(name)) {
                throw new ReplayUsageError("target=" + target + ": " + name + " is not supported; leave it out");
            }
            if (!value.isEmpty() && harmless != null && !harmless.contains(value)) {
                throw new ReplayUsageError(
                        "target=" + target + ": " + name + "=" + value + " is not supported; expected one of "
                                + harmless.stream().sorted().toList());
            }
        });
        if (target.sslMode().startsWith("verify-")
                && target.parameters().getOrDefault("sslrootcert", "").isEmpty()) {
            throw new ReplayUsageError("target=" + target + ": sslmode=" + target.sslMode()
                    + " needs sslrootcert=FILE, or sslrootcert=system for the JVM's own authorities");
        }
    }
}
