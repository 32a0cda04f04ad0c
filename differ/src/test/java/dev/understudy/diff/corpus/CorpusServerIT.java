package dev.understudy.diff.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.diff.corpus.CorpusValues.Typed;
import dev.understudy.lab.LabServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Holds what the corpus takes for a server's text and bytes against a server. {@code -Dgoldens.write=1} writes binary.tsv.
 */
class CorpusServerIT {
    private static final Path BINARY_FORMS = Path.of("src/test/resources/corpus/binary.tsv");
    /** Their bytes hold OIDs of types that each server numbers itself. */
    private static final Set<String> WITH_OIDS = Set.of("mood[]", "address");
    /** No server reads it: what a row constructor makes has no input. */
    private static final Set<String> WITHOUT_INPUT = Set.of("record");
    /** Written on purpose as no value of its type. */
    private static final Typed NO_NUMBER = new Typed("int4", "seventeen");

    private record Forms(String text, String hex) {}

    @Test
    void writesItsValuesAsTheCorpusDoes() throws Exception {
        Set<Typed> values = CorpusValues.all(new CorpusFiles(new BinaryForms(CorpusFiles.text("binary.tsv"))).cases());
        assertThat(values).hasSizeGreaterThan(400);
        JsonMapper json =
                JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        List<String> lines = new ArrayList<>();
        lines.add(
                "# What a PostgreSQL 15's send functions give: type, text form as JSON, bytes. CorpusServerIT writes it.");
        List<Typed> otherForms = new ArrayList<>();
        try (Connection connection = LabServers.postgres().connect(LabServers.freshDatabase())) {
            prepare(connection);
            for (Typed value : values) {
                Optional<Forms> forms = WITHOUT_INPUT.contains(value.type()) || value.equals(NO_NUMBER)
                        ? Optional.empty()
                        : Optional.of(read(connection, value));
                if (forms.isEmpty()) {
                    continue;
                }
                if (!forms.get().text().equals(value.text())) {
                    otherForms.add(value);
                } else if (!WITH_OIDS.contains(value.type())) {
                    lines.add(value.type() + "\t" + json.writeValueAsString(value.text()) + "\t"
                            + forms.get().hex());
                }
            }
        }
        if (System.getProperty("goldens.write") != null) {
            Files.write(BINARY_FORMS, lines);
        }
        assertThat(Files.readAllLines(BINARY_FORMS)).isEqualTo(lines);
        assertThat(otherForms)
                .as("values that this server would write in another zone, style or bytea_output")
                .allMatch(value -> value.type().startsWith("timestamptz")
                        || Set.of("tstzrange", "interval", "bytea").contains(value.type()));
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'Etc/UTC'");
            statement.execute("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy', 'OK')");
            statement.execute("CREATE DOMAIN email AS text");
            statement.execute("CREATE DOMAIN amount AS numeric");
            statement.execute("CREATE TYPE address AS (street text, house int4)");
        }
    }

    private static Forms read(Connection connection, Typed value) throws SQLException {
        String quoted =
                value.type().equals("char") || value.type().equals("bit") ? '"' + value.type() + '"' : value.type();
        String send;
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT typsend::text FROM pg_type WHERE oid = ?::regtype")) {
            statement.setString(1, quoted);
            send = one(statement);
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT format('%s', v), encode(" + send
                + "(v), 'hex') FROM (SELECT CAST(?::text AS " + quoted + ") AS v) s")) {
            statement.setString(1, value.text());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return new Forms(result.getString(1), result.getString(2));
            }
        }
    }

    private static String one(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getString(1);
        }
    }
}
