package dev.understudy.cli.target;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** libpq's connection parameters: its documentation, "Parameter Key Words" and "Environment Variables". */
final class Keyword {
    static final String HOST = "host";
    static final String HOST_ADDRESS = "hostaddr";
    static final String PORT = "port";
    static final String DATABASE = "dbname";
    static final String USER = "user";
    static final String PASSWORD = "password";
    static final String PASS_FILE = "passfile";
    static final String SERVICE = "service";
    static final String SSL_MODE = "sslmode";

    /** Each parameter that can come from the environment, and from which variable. */
    static final Map<String, String> BY_VARIABLE = new TreeMap<>(Map.ofEntries(
            Map.entry("PGHOST", HOST),
            Map.entry("PGHOSTADDR", HOST_ADDRESS),
            Map.entry("PGPORT", PORT),
            Map.entry("PGDATABASE", DATABASE),
            Map.entry("PGUSER", USER),
            Map.entry("PGPASSWORD", PASSWORD),
            Map.entry("PGPASSFILE", PASS_FILE),
            Map.entry("PGSERVICE", SERVICE),
            Map.entry("PGSSLMODE", SSL_MODE),
            Map.entry("PGSSLROOTCERT", "sslrootcert"),
            Map.entry("PGSSLCERT", "sslcert"),
            Map.entry("PGSSLKEY", "sslkey"),
            Map.entry("PGSSLCRL", "sslcrl"),
            Map.entry("PGSSLCRLDIR", "sslcrldir"),
            Map.entry("PGSSLSNI", "sslsni"),
            Map.entry("PGSSLCOMPRESSION", "sslcompression"),
            Map.entry("PGSSLMINPROTOCOLVERSION", "ssl_min_protocol_version"),
            Map.entry("PGSSLMAXPROTOCOLVERSION", "ssl_max_protocol_version"),
            Map.entry("PGCHANNELBINDING", "channel_binding"),
            Map.entry("PGREQUIREPEER", "requirepeer"),
            Map.entry("PGREQUIREAUTH", "require_auth"),
            Map.entry("PGGSSENCMODE", "gssencmode"),
            Map.entry("PGKRBSRVNAME", "krbsrvname"),
            Map.entry("PGTARGETSESSIONATTRS", "target_session_attrs"),
            Map.entry("PGLOADBALANCEHOSTS", "load_balance_hosts"),
            Map.entry("PGCONNECT_TIMEOUT", "connect_timeout"),
            Map.entry("PGCLIENTENCODING", "client_encoding"),
            Map.entry("PGOPTIONS", "options"),
            Map.entry("PGAPPNAME", "application_name")));

    private static final Set<String> WITHOUT_VARIABLE = Set.of(
            "fallback_application_name",
            "keepalives",
            "keepalives_idle",
            "keepalives_interval",
            "keepalives_count",
            "tcp_user_timeout",
            "replication",
            "sslpassword",
            "sslcertmode",
            "sslnegotiation",
            "gsslib",
            "gssdelegation",
            "min_protocol_version",
            "max_protocol_version");

    private static final Set<String> ALL = all();

    private Keyword() {}

    /**
     * The keyword itself.
     *
     * @throws InvalidTargetException if libpq has no such parameter, with the nearest that it has
     */
    static String checked(String keyword, String where) {
        if (ALL.contains(keyword)) {
            return keyword;
        }
        throw new InvalidTargetException(where + ": unknown parameter '" + keyword + "'"
                + dev.understudy.cli.Suggestion.didYouMean(keyword, ALL));
    }

    private static Set<String> all() {
        Set<String> all = new TreeSet<>(BY_VARIABLE.values());
        all.addAll(WITHOUT_VARIABLE);
        return all;
    }
}
