package dev.understudy.replay.safety;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.SafetyRefusal;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogReader;
import dev.understudy.trace.run.CopyStamp;
import dev.understudy.trace.run.TableStateReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * The stamp beside a {@link TargetMark}: what the copy was made of before the migration. It is a setting of the database,
 * {@code understudy.copy}, with the value {@code 1:major:catalog:state:rows:micros:system identifier:database}, bound to
 * this database as the mark is.
 *
 * @param stamp the digests
 * @param kept whether it stood there already, and was left as it was
 */
public record CopyMark(CopyStamp stamp, boolean kept) {
    private static final String SETTING = "understudy.copy";
    private static final String FORMAT = "1";
    private static final int PARTS = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /**
     * Reads a database's schema and all its rows and keeps their digests with it. One that is there stays, unless
     * {@code anew}: it may be from before a migration.
     *
     * @param nowMicros the time, microseconds since 1970
     * @throws SafetyRefusal if the server does not tell which it is
     * @throws ServiceUnreachable if it can't be reached, or does not allow it
     */
    public static CopyMark take(ConnectionInfo target, boolean anew, long nowMicros) {
        try (Connection connection = JdbcConnections.open(target, TIMEOUT)) {
            DatabaseIdentity identity = DatabaseIdentity.read(connection);
            if (!identity.isKnown()) {
                throw new SafetyRefusal(
                        "unknown-identity",
                        "target=" + target + ": the server does not tell its system identifier; allow the role"
                                + " EXECUTE on pg_control_system()");
            }
            Optional<CopyStamp> known = anew ? Optional.empty() : read(connection, identity);
            if (known.isPresent()) {
                return new CopyMark(known.get(), true);
            }
            Catalog catalog = CatalogReader.read(connection);
            CopyStamp stamp = CopyStamp.of(catalog, TableStateReader.read(connection, catalog), nowMicros);
            try (Statement statement = connection.createStatement()) {
                statement.execute("ALTER DATABASE \"" + identity.database().replace("\"", "\"\"") + "\" SET " + SETTING
                        + " = '" + text(stamp, identity).replace("'", "''") + "'");
            }
            return new CopyMark(stamp, false);
        } catch (SQLException e) {
            throw new ServiceUnreachable("target=" + target + " can't be marked: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a database's stamp.
     *
     * @return empty if there is none, or it is of another database, such as the one this is a copy of
     * @throws SQLException if the server refuses
     */
    public static Optional<CopyStamp> read(Connection connection, DatabaseIdentity identity) throws SQLException {
        String sql = "SELECT c FROM pg_db_role_setting s, unnest(s.setconfig) c WHERE s.setrole = 0"
                + " AND s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())"
                + " AND c LIKE ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, SETTING + "=%");
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? parse(rows.getString(1).substring(SETTING.length() + 1), identity)
                        : Optional.empty();
            }
        }
    }

    static String text(CopyStamp stamp, DatabaseIdentity identity) {
        return String.join(
                ":",
                FORMAT,
                Integer.toString(stamp.major()),
                stamp.catalog(),
                stamp.state(),
                Long.toString(stamp.rows()),
                Long.toString(stamp.takenMicros()),
                identity.systemIdentifier(),
                identity.database());
    }

    /** What is no stamp of this database, or of a later version, proves nothing. */
    static Optional<CopyStamp> parse(String text, DatabaseIdentity identity) {
        String[] parts = text.split(":", PARTS);
        if (parts.length < PARTS
                || !parts[0].equals(FORMAT)
                || !parts[6].equals(identity.systemIdentifier())
                || !parts[7].equals(identity.database())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CopyStamp(
                    Integer.parseInt(parts[1]),
                    parts[2],
                    parts[3],
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
