package dev.understudy.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.ConnectionInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionInfoParserTest {
    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://app:pw@db.example:6432/shop?sslmode=require&application_name=x",
                "postgresql://app:pw@db.example:6432/shop?application_name=x&sslmode=require",
                "  host=db.example port=6432 dbname=shop user=app password=pw sslmode=require application_name=x",
                "host = db.example port= 6432 dbname ='shop'\tuser=app password='pw' sslmode=require application_name=x",
                "jdbc:postgresql://db.example:6432/shop?user=app&password=pw&sslmode=require&ApplicationName=x",
                "postgres:///?host=db.example&port=6432&dbname=shop&user=app&password=pw&sslmode=require&application_name=x",
            })
    void everySyntaxSaysTheSame(String text) {
        assertThat(parse(text))
                .isEqualTo(new ConnectionInfo(
                        "db.example", 6432, "shop", "app", "pw", "require", Map.of("application_name", "x")));
    }

    @Test
    void whatIsNotGivenTakesDefaults() {
        assertThat(parse("postgres://"))
                .isEqualTo(new ConnectionInfo("localhost", 5432, "me", "me", "", "prefer", Map.of()));
        assertThat(parse("postgres://app@/").database()).isEqualTo("app");
        assertThat(parse("jdbc:postgresql:shop"))
                .isEqualTo(new ConnectionInfo("localhost", 5432, "shop", "me", "", "prefer", Map.of()));
        assertThat(parse("jdbc:postgresql:/").database()).isEqualTo("me");
        assertThat(parse("jdbc:postgresql://h/").host()).isEqualTo("h");
    }

    @Test
    void percentEncodingWorksInEveryPartAndAPlusIsAPlus() {
        ConnectionInfo info =
                parse("postgres://us%40er:p%2Fa%25%3As+s@%2Fvar%2Frun%2Fpg:7/d%C3%A4ta?options=-c%20a%3Db");

        assertThat(info)
                .isEqualTo(new ConnectionInfo(
                        "/var/run/pg", 7, "däta", "us@er", "p/a%:s+s", "prefer", Map.of("options", "-c a=b")));
        assertThat(info.isUnixSocket()).isTrue();
    }

    @Test
    void ipv6StandsInBrackets() {
        assertThat(parse("postgres://[::1]:6000/x"))
                .extracting(ConnectionInfo::host, ConnectionInfo::port)
                .containsExactly("::1", 6000);
        assertThat(parse("jdbc:postgresql://[fe80::1]/x").host()).isEqualTo("fe80::1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "dbname='two words'           | two words",
                "dbname='it\\'s'              | it's",
                "dbname=a\\ b                 | a b",
                "dbname='a\\\\b'              | a\\b",
                "dbname=\\'x                  | 'x",
                "dbname='' user=u             | \"\"",
            })
    void keywordStringsEscapeAsInLibpq(String text, String database) {
        assertThat(parse(text).database()).isEqualTo(database);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "shop                                | expected postgres://",
                "localhost:5432                      | expected postgres://",
                "mysql://h/d                         | unknown scheme 'mysql'",
                "jdbc:mysql://h/d                    | expected jdbc:postgresql:",
                "postgres://h:port/d                 | number from 1 to 65535",
                "postgres://h:0/d                    | number from 1 to 65535",
                "postgres://h:65536/d                | number from 1 to 65535",
                "postgres://[::1/d                   | ']'",
                "postgres://[::1]x/d                 | ':' or '/'",
                "postgres://h/d?sslmod=disable       | did you mean 'sslmode'?",
                "postgres://h/d?sslmode              | keyword=value",
                "postgres://h/d?a=b=c                | keyword=value",
                "postgres://h/d?sslmode=maybe        | verify-full",
                "postgres://h/%zz                    | two hexadecimal digits",
                "postgres://h/%4                     | two hexadecimal digits",
                "postgres://h/%00                    | two hexadecimal digits",
                "postgres://h/%ff                    | UTF-8",
                "postgres://h/d#x                    | %23",
                "postgres://a,b/d                    | several hosts",
                "host=a,b                            | several hosts",
                "host=h dbname                       | expected '=' after 'dbname'",
                "host='h                             | closing quote",
                "hots=h                              | did you mean 'host'?",
                "jdbc:postgresql://h/d?pasword=x     | unknown parameter 'pasword'",
                "jdbc:postgresql://h/%zz             | two hexadecimal digits",
                "service=nowhere                     | service 'nowhere' is defined in none of",
            })
    void whatIsWrongIsNamed(String text, String expected) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidTargetException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://u:sec@ret@h/d",
                "postgres://u:sec/ret@h/d",
                "postgres://u:sec?ret@h/d",
                "postgres://u:ret",
                "postgres://u:ret#1@h/d",
                "postgres://u:ret%zz@h/d",
                "jdbc:postgresql://u:ret@h/d",
                "jdbc:postgresql://h/d?password=ret%zz",
                "host=h password='ret",
                "postgres://h/d?password=ret=1",
                "postgres://u:ret@h/d?sslmode=maybe",
            })
    void noErrorShowsAPassword(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidTargetException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("ret"));
    }

    @Test
    void jdbcParametersBecomeLibpqsAndTheDriversOwnAreLeftOut() {
        ConnectionInfo info = parse("jdbc:postgresql://h/d?ssl=true&currentSchema=a,b&connectTimeout=5"
                + "&prepareThreshold=0&reWriteBatchedInserts=true&options=-c%20x%3D1");

        assertThat(info.sslMode()).isEqualTo("verify-full");
        assertThat(info.parameters()).containsOnlyKeys("options", "connect_timeout");
        assertThat(info.parameters().get("options")).contains("-c search_path=a,b");
    }

    @Test
    void theTargetCountsMoreThanItsServiceAndThatMoreThanTheEnvironment() throws IOException {
        Path services = Files.writeString(home.resolve("services"), """
                # comment
                [other]
                host=wrong
                [prod]
                host=from-service
                user=from-service
                dbname=from-service

                [after]
                port=1
                """);
        environment.putAll(Map.of(
                "PGSERVICEFILE", services.toString(),
                "PGHOST", "from-environment",
                "PGPORT", "7777",
                "PGDATABASE", "from-environment",
                "PGPASSWORD", "from-environment",
                "PGAPPNAME", ""));

        ConnectionInfo expected = new ConnectionInfo(
                "from-service", 7777, "from-target", "from-service", "from-environment", "prefer", Map.of());
        assertThat(parse("service=prod dbname=from-target")).isEqualTo(expected);
        assertThat(parse("postgres:///from-target?service=prod")).isEqualTo(expected);
        environment.put("PGSERVICE", "prod");
        assertThat(parse("dbname=from-target")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "hots=h, :2: unknown parameter 'hots'",
        "nonsense, :2: expected keyword=value",
        "service=x, another service"
    })
    void aWrongServiceFileIsNamedWithTheLine(String line, String expected) throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), "[prod]\n" + line + "\n");

        assertThatThrownBy(() -> parse("service=prod")).hasMessageContaining(expected);
    }

    @Test
    void thePasswordFilesFirstFittingLineCounts() throws IOException {
        passFile(home.resolve(".pgpass"), """
                # host:port:database:user:password
                db.example:5432:shop:app:exact
                *:5432:sh\\:op:*:with\\:colon\\\\
                [::1]:*:*:*:never
                \\:\\:1:*:*:*:six
                localhost:*:*:*:local
                *:*:*:other:anything:with:colons
                """);

        assertThat(parse("postgres://app@db.example/shop").password()).isEqualTo("exact");
        assertThat(parse("host=h user=u dbname='sh:op'").password()).isEqualTo("with:colon\\");
        assertThat(parse("postgres://[::1]/d").password()).isEqualTo("six");
        assertThat(parse("postgres://u@%2Frun/d").password()).isEqualTo("local");
        assertThat(parse("postgres://other@h/d").password()).isEqualTo("anything:with:colons");
        assertThat(parse("postgres://nobody@h/d").password()).isEmpty();
        assertThat(parse("postgres://app:given@db.example/shop").password()).isEqualTo("given");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aPasswordFileThatOthersMayReadIsNotUsedAndSaid() throws IOException {
        Path file = passFile(home.resolve("pass"), "*:*:*:*:secret\n");
        environment.put("PGPASSFILE", file.toString());
        assertThat(parse("postgres://h/d").password()).isEqualTo("secret");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(parse("postgres://h/d").password()).isEmpty();
        assertThat(warnings).singleElement().asString().contains("chmod 600").doesNotContain("secret");
    }

    @Test
    void anAddressIsWhereToConnect() {
        assertThat(parse("host=name hostaddr=127.0.0.1").host()).isEqualTo("127.0.0.1");
    }

    private ConnectionInfo parse(String text) {
        return new ConnectionInfoParser(new Surroundings(environment, home, "me"), warnings::add).parse(text);
    }

    private static Path passFile(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
