package dev.understudy.replay.safety;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.isolation.ArmIsolation;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogReader;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.CopyStamp;
import dev.understudy.trace.run.TableState;
import dev.understudy.trace.run.TableStateReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is read of an arm before and after a replay, over a connection of its own. Blocks. */
public final class ArmInspection {
    private static final int TRIPS = 101;

    private ArmInspection() {}

    /**
     * Reads an arm's catalog and the state of all its tables.
     *
     * @throws ServiceUnreachable if the server can't be reached or refuses
     */
    public static ArmState state(Arm arm, ConnectionInfo info, Duration timeout) {
        try (Connection connection = JdbcConnections.open(info, timeout)) {
            Catalog catalog = CatalogReader.read(connection);
            return state(arm, info, catalog, TableStateReader.read(connection, catalog));
        } catch (SQLException e) {
            throw new ServiceUnreachable("target=" + info + " can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads an arm's catalog alone.
     *
     * @throws ServiceUnreachable if the server can't be reached or refuses
     */
    public static ArmState withoutTables(Arm arm, ConnectionInfo info, Duration timeout) {
        try (Connection connection = JdbcConnections.open(info, timeout)) {
            return state(arm, info, CatalogReader.read(connection), List.of());
        } catch (SQLException e) {
            throw new ServiceUnreachable("target=" + info + " can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * How long a server takes to answer to nothing: the median of {@value #TRIPS} round trips, after as many to warm up.
     *
     * @throws ServiceUnreachable if the server can't be reached or refuses
     */
    public static Duration roundTrip(ConnectionInfo info, Duration timeout) {
        long[] nanos = new long[TRIPS];
        try (Connection connection = JdbcConnections.open(info, timeout);
                PreparedStatement nothing = connection.prepareStatement("SELECT 1")) {
            for (int i = 0; i < 2 * TRIPS; i++) {
                long began = System.nanoTime();
                nothing.execute();
                nanos[i % TRIPS] = System.nanoTime() - began;
            }
        } catch (SQLException e) {
            throw new ServiceUnreachable("target=" + info + " can't be read: " + e.getMessage(), e);
        }
        Arrays.sort(nanos);
        return Duration.ofNanos(nanos[TRIPS / 2]);
    }

    /**
     * Reads an arm's rows for a stamp.
     *
     * @param catalog its catalog, as it was read a moment ago
     * @throws ServiceUnreachable if the server can't be reached or refuses
     */
    public static CopyStamp stamp(ConnectionInfo info, Catalog catalog, long nowMicros, Duration timeout) {
        try (Connection connection = JdbcConnections.open(info, timeout)) {
            return CopyStamp.of(catalog, TableStateReader.read(connection, catalog), nowMicros);
        } catch (SQLException e) {
            throw new ServiceUnreachable("target=" + info + " can't be read: " + e.getMessage(), e);
        }
    }

    /** An arm's state of which the parts are known. */
    public static ArmState state(Arm arm, ConnectionInfo info, Catalog catalog, List<TableState> tables) {
        return new ArmState(arm, info.host() + ":" + info.port() + "/" + catalog.database(), catalog, tables);
    }

    /**
     * The server's roles, predefined ones too.
     *
     * @throws SQLException if the server refuses
     */
    public static Set<String> roles(Connection connection) throws SQLException {
        Set<String> roles = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT rolname FROM pg_roles")) {
            while (rows.next()) {
                roles.add(rows.getString(1));
            }
        }
        return roles;
    }

    /**
     * What sessions of the login need to be given at their start, {@code name=value} each, so that they judge no
     * conflicts between transactions themselves.
     *
     * @throws SQLException if the server refuses
     */
    public static List<String> startSettings(Connection connection) throws SQLException {
        String sql = "SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'default_transaction_isolation'";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            String setting = rows.next() ? ArmIsolation.byDefault(rows.getString(1)) : "";
            return setting.isEmpty() ? List.of() : List.of(setting);
        }
    }

    /**
     * The settings that a server keeps for roles in this database, {@code name=value} each, by role, the more special
     * later. Empty where the login may not take other roles anyway.
     *
     * @throws SQLException if the server refuses
     */
    public static Map<String, List<String>> roleSettings(Connection connection) throws SQLException {
        String sql = "SELECT r.rolname, c FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole,"
                + " unnest(s.setconfig) c WHERE s.setdatabase IN"
                + " (0, (SELECT oid FROM pg_database WHERE datname = current_database()))"
                + " AND (SELECT rolsuper FROM pg_roles WHERE rolname = session_user)"
                + " ORDER BY s.setdatabase";
        Map<String, List<String>> settings = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                settings.computeIfAbsent(rows.getString(1), role -> new ArrayList<>())
                        .add(rows.getString(2));
            }
        }
        return settings;
    }
}
