package dev.understudy.replay.target;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.isolation.ArmIsolation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A captured session's startup message as it is sent to an arm. */
final class StartupParameters {
    private static final List<String> TIMEOUTS = List.of(
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "transaction_timeout");
    private static final int IDLE_SESSION_TIMEOUT_SINCE = 140_000;
    private static final int TRANSACTION_TIMEOUT_SINCE = 170_000;

    private StartupParameters() {}

    /**
     * The captured parameters with the arm's user and database, the captured role's own settings where the login is
     * another role's, and the timeouts off: an arm's speed must not decide whether a statement fails. All of them are
     * the session's defaults then, to which RESET and DISCARD return.
     *
     * <p>What is SERIALIZABLE by default is what {@linkplain ArmIsolation stands for it}.
     *
     * @param captured as the client sent them
     * @param settings {@code name=value} each: what the session has by default, and what the server keeps for the captured
     *     role; the later go before the earlier, what the client asked for before all
     */
    static Map<String, String> of(
            Map<String, String> captured, List<String> settings, ConnectionInfo arm, int serverVersion) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", arm.user());
        parameters.put("database", arm.database().isEmpty() ? arm.user() : arm.database());
        captured.forEach((name, value) -> {
            if (!name.startsWith("_pq_.") && !name.equals("replication") && !TIMEOUTS.contains(name)) {
                parameters.putIfAbsent(name, ArmIsolation.setting(name, value));
            }
        });
        StringBuilder options = new StringBuilder();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals > 0 && !captured.containsKey(setting.substring(0, equals))) {
                options.append("-c ")
                        .append(escaped(ArmIsolation.setting(setting)))
                        .append(' ');
            }
        }
        options.append(ArmIsolation.options(captured.getOrDefault("options", "")));
        for (String timeout : TIMEOUTS) {
            if (exists(timeout, serverVersion)) {
                options.append(" -c ").append(timeout).append("=0");
            }
        }
        parameters.put("options", options.toString());
        return parameters;
    }

    private static boolean exists(String timeout, int serverVersion) {
        return switch (timeout) {
            case "idle_session_timeout" -> serverVersion >= IDLE_SESSION_TIMEOUT_SINCE;
            case "transaction_timeout" -> serverVersion >= TRANSACTION_TIMEOUT_SINCE;
            default -> true;
        };
    }

    /** The server splits options at whitespace, which a backslash escapes. */
    private static String escaped(String setting) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < setting.length(); i++) {
            char c = setting.charAt(i);
            if (c == '\\' || Character.isWhitespace(c)) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
