package dev.understudy.cli.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.ConnectionInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;

class ConnectionInfoParserProperties {
    private static final ConnectionInfoParser PARSER =
            new ConnectionInfoParser(new Surroundings(Map.of(), Path.of("/nowhere"), "me"), warning -> {});

    @Property(tries = 300)
    void whatIsEncodedIsReadBack(
            @ForAll @NotEmpty @CharRange(from = 1, to = 0x2ff) String user,
            @ForAll @NotEmpty @CharRange(from = 1, to = 0x2ff) String password,
            @ForAll @NotEmpty @CharRange(from = 1, to = 0x2ff) String database) {
        ConnectionInfo fromUri =
                PARSER.parse("postgres://" + percent(user) + ":" + percent(password) + "@h:1/" + percent(database));
        ConnectionInfo fromKeywords = PARSER.parse(
                "host=h port=1 user=" + quoted(user) + " password=" + quoted(password) + " dbname=" + quoted(database));

        assertThat(fromUri).isEqualTo(new ConnectionInfo("h", 1, database, user, password, "prefer", Map.of()));
        assertThat(fromKeywords).isEqualTo(fromUri);
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefusedButNeverBreaksTheParser(@ForAll @CharRange(from = ' ', to = '~') String text) {
        for (String prefix : new String[] {"", "postgres://", "jdbc:postgresql:", "host=h "}) {
            try {
                assertThat(PARSER.parse(prefix + text).port()).isBetween(1, 65_535);
            } catch (InvalidTargetException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    private static String percent(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append('%').append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return encoded.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
