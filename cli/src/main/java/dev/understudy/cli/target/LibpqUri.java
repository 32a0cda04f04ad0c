package dev.understudy.cli.target;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code postgres://user:password@host:port/dbname?keyword=value}, read as libpq reads it: every part may be
 * percent-encoded, a plus sign is a plus sign, a host may be an IPv6 address in brackets or an encoded path.
 */
final class LibpqUri {
    private static final String WHERE = "the URI";

    private LibpqUri() {}

    static boolean matches(String text) {
        return text.startsWith("postgres://") || text.startsWith("postgresql://");
    }

    /** The parameters by keyword, as far as the URI gives them. */
    static Map<String, String> parse(String uri) {
        Map<String, String> settings = new LinkedHashMap<>();
        String rest = uri.substring(uri.indexOf("://") + 3);
        if (rest.indexOf('#') >= 0) {
            throw new InvalidTargetException(WHERE + " holds a '#': write it as %23");
        }
        int query = rest.indexOf('?');
        String parameters = query < 0 ? "" : rest.substring(query + 1);
        String location = query < 0 ? rest : rest.substring(0, query);
        int slash = location.indexOf('/');
        String authority = slash < 0 ? location : location.substring(0, slash);
        if (slash >= 0) {
            put(settings, Keyword.DATABASE, location.substring(slash + 1));
        }
        int at = authority.lastIndexOf('@');
        // Otherwise a piece of a password would be taken for the host, the port or a parameter, and be shown.
        if (at != authority.indexOf('@') || (at < 0 && rest.indexOf('@') >= 0)) {
            throw new InvalidTargetException(
                    "in user and password of " + WHERE + ", write '@' as %40, '/' as %2F, '?' as %3F");
        }
        if (at >= 0) {
            login(settings, authority.substring(0, at));
        }
        host(settings, authority.substring(at + 1));
        if (!parameters.isEmpty()) {
            for (String parameter : parameters.split("&", -1)) {
                parameter(settings, parameter);
            }
        }
        return settings;
    }

    private static void login(Map<String, String> settings, String login) {
        int colon = login.indexOf(':');
        put(settings, Keyword.USER, colon < 0 ? login : login.substring(0, colon));
        if (colon >= 0) {
            put(settings, Keyword.PASSWORD, login.substring(colon + 1));
        }
    }

    private static void host(Map<String, String> settings, String hostAndPort) {
        int portColon;
        if (hostAndPort.startsWith("[")) {
            int end = hostAndPort.indexOf(']');
            if (end < 0) {
                throw new InvalidTargetException("expected ']' after the IPv6 address in " + WHERE);
            }
            put(settings, Keyword.HOST, hostAndPort.substring(1, end));
            portColon = end + 1;
            if (portColon < hostAndPort.length() && hostAndPort.charAt(portColon) != ':') {
                throw new InvalidTargetException("expected ':' or '/' after the IPv6 address in " + WHERE);
            }
        } else {
            int colon = hostAndPort.indexOf(':');
            portColon = colon < 0 ? hostAndPort.length() : colon;
            put(settings, Keyword.HOST, hostAndPort.substring(0, portColon));
        }
        if (portColon < hostAndPort.length()) {
            put(settings, Keyword.PORT, hostAndPort.substring(portColon + 1));
        }
    }

    private static void parameter(Map<String, String> settings, String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 0 || parameter.indexOf('=', equals + 1) >= 0) {
            throw new InvalidTargetException("expected keyword=value in the query of " + WHERE + ", found '"
                    + (equals < 0 ? parameter : parameter.substring(0, equals + 1) + "...=...") + "'");
        }
        String keyword = decode(parameter.substring(0, equals));
        String value = parameter.substring(equals + 1);
        if (keyword.equals("ssl") && value.equals("true")) {
            settings.put(Keyword.SSL_MODE, "require");
            return;
        }
        settings.put(Keyword.checked(keyword, "the query of " + WHERE), decode(value));
    }

    private static void put(Map<String, String> settings, String keyword, String encoded) {
        if (!encoded.isEmpty()) {
            settings.put(keyword, decode(encoded));
        }
    }

    static String decode(String encoded) {
        byte[] in = encoded.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0 || high + low == 0) {
                throw new InvalidTargetException(
                        "expected two hexadecimal digits, not 00, after '%' in " + WHERE + "; a '%' itself is %25");
            }
            out.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidTargetException("the percent-encoded bytes in " + WHERE + " are not UTF-8");
        }
    }
}
