package dev.understudy.replay.safety;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.SafetyRefusal;
import dev.understudy.replay.failure.ServiceUnreachable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The mark that allows a database to be replayed on. It is a setting of the database, {@code understudy.target}, with
 * the value {@code system identifier/database/until}: bound to this very database, so that a copy of it, or a restore
 * under another name, is not marked. It is read from {@code pg_db_role_setting}, not by SHOW, which any client can
 * forge for its session.
 *
 * @param identity the database for which it was set
 * @param until the last day on which it holds, empty for ever
 */
public record TargetMark(DatabaseIdentity identity, Optional<LocalDate> until) {
    private static final String SETTING = "understudy.target";
    private static final String NEVER = "never";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /**
     * Marks a database; an earlier mark is replaced.
     *
     * @param until the last day on which it holds, empty for ever
     * @throws SafetyRefusal if the server does not tell which it is
     * @throws ServiceUnreachable if it can't be reached, or does not allow it
     */
    public static TargetMark mark(ConnectionInfo target, Optional<LocalDate> until) {
        try (Connection connection = JdbcConnections.open(target, TIMEOUT)) {
            DatabaseIdentity identity = DatabaseIdentity.read(connection);
            if (!identity.isKnown()) {
                throw new SafetyRefusal(
                        "unknown-identity",
                        "target=" + target + ": the server does not tell its system identifier; allow the role"
                                + " EXECUTE on pg_control_system()");
            }
            TargetMark mark = new TargetMark(identity, until);
            try (Statement statement = connection.createStatement()) {
                statement.execute("ALTER DATABASE " + identifier(identity.database()) + " SET " + SETTING + " = "
                        + literal(mark.text()));
            }
            return mark;
        } catch (SQLException e) {
            throw new ServiceUnreachable("target=" + target + " can't be marked: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a database's mark.
     *
     * @return empty if there is none
     * @throws SQLException if the server refuses
     * @throws SafetyRefusal if there is one that is no mark of ours
     */
    public static Optional<TargetMark> read(Connection connection) throws SQLException {
        String sql = "SELECT c FROM pg_db_role_setting s, unnest(s.setconfig) c WHERE s.setrole = 0"
                + " AND s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())"
                + " AND c LIKE ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, SETTING + "=%");
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(parse(rows.getString(1).substring(SETTING.length() + 1)))
                        : Optional.empty();
            }
        }
    }

    static TargetMark parse(String text) {
        int first = text.indexOf('/');
        int last = text.lastIndexOf('/');
        if (first <= 0 || last <= first) {
            throw unreadable(text);
        }
        String until = text.substring(last + 1);
        try {
            return new TargetMark(
                    new DatabaseIdentity(text.substring(0, first), text.substring(first + 1, last)),
                    until.equals(NEVER) ? Optional.empty() : Optional.of(LocalDate.parse(until)));
        } catch (DateTimeParseException e) {
            throw unreadable(text);
        }
    }

    private static SafetyRefusal unreadable(String text) {
        return new SafetyRefusal(
                "mark-unreadable",
                "mark=" + text + ": expected system identifier/database/until; mark the target again");
    }

    /** As it stands in the setting. */
    String text() {
        return identity.systemIdentifier() + "/" + identity.database() + "/"
                + until.map(LocalDate::toString).orElse(NEVER);
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
