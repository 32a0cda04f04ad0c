package dev.understudy.cli.target;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postgresql.PGProperty;

/**
 * {@code jdbc:postgresql://host:port/database?name=value}, as an application's configuration has it. What only the
 * driver cares for, such as {@code prepareThreshold}, is left out.
 */
final class JdbcUrl {
    private static final String PREFIX = "jdbc:postgresql:";
    private static final String WHERE = "the JDBC URL";

    /** The driver's names for what libpq has too. */
    private static final Map<String, String> KEYWORD = Map.ofEntries(
            Map.entry("user", Keyword.USER),
            Map.entry("password", Keyword.PASSWORD),
            Map.entry("sslmode", Keyword.SSL_MODE),
            Map.entry("service", Keyword.SERVICE),
            Map.entry("sslrootcert", "sslrootcert"),
            Map.entry("sslcert", "sslcert"),
            Map.entry("sslkey", "sslkey"),
            Map.entry("sslpassword", "sslpassword"),
            Map.entry("channelBinding", "channel_binding"),
            Map.entry("connectTimeout", "connect_timeout"),
            Map.entry("options", "options"),
            Map.entry("ApplicationName", "application_name"));

    private JdbcUrl() {}

    static boolean matches(String text) {
        return text.startsWith("jdbc:");
    }

    /** The parameters by libpq's keyword, as far as the URL gives them. */
    static Map<String, String> parse(String url) {
        if (!url.startsWith(PREFIX)) {
            throw new InvalidTargetException("expected jdbc:postgresql:, found another driver's URL");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        int query = url.indexOf('?');
        String location = url.substring(PREFIX.length(), query < 0 ? url.length() : query);
        if (location.startsWith("//")) {
            int slash = location.indexOf('/', 2);
            host(settings, location.substring(2, slash < 0 ? location.length() : slash));
            location = slash < 0 ? "" : location.substring(slash + 1);
        } else if (location.startsWith("/")) {
            location = location.substring(1);
        }
        if (!location.isEmpty()) {
            settings.put(Keyword.DATABASE, decode(location));
        }
        if (query >= 0) {
            for (String parameter : url.substring(query + 1).split("&", -1)) {
                if (!parameter.isEmpty()) {
                    parameter(settings, parameter);
                }
            }
        }
        return settings;
    }

    private static void host(Map<String, String> settings, String hostAndPort) {
        int bracket = hostAndPort.lastIndexOf(']');
        int colon = hostAndPort.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (!host.isEmpty()) {
            settings.put(Keyword.HOST, host);
        }
        if (colon >= 0) {
            settings.put(Keyword.PORT, hostAndPort.substring(colon + 1));
        }
    }

    private static void parameter(Map<String, String> settings, String parameter) {
        int equals = parameter.indexOf('=');
        String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
        String value = equals < 0 ? "" : decode(parameter.substring(equals + 1));
        String keyword = KEYWORD.get(name);
        if (keyword != null) {
            put(settings, keyword, value);
        } else if (name.equals("ssl")) {
            // The driver, unlike libpq, means the whole check by it.
            if (!value.equals("false")) {
                settings.putIfAbsent(Keyword.SSL_MODE, "verify-full");
            }
        } else if (name.equals("currentSchema")) {
            put(settings, "options", "-c search_path=" + value.replace(" ", "\\ "));
        } else if (PGProperty.forName(name) == null) {
            throw new InvalidTargetException(WHERE + ": unknown parameter '" + name + "'");
        }
    }

    private static void put(Map<String, String> settings, String keyword, String value) {
        if (keyword.equals("options")) {
            settings.merge(keyword, value, (before, more) -> before + " " + more);
        } else {
            settings.put(keyword, value);
        }
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidTargetException("expected two hexadecimal digits after '%' in " + WHERE);
        }
    }
}
