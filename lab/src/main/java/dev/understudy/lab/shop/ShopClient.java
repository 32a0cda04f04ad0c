package dev.understudy.lab.shop;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/**
 * One of the shop's applications on a connection of its own. What it does depends only on its random numbers and on
 * what the database answers; each works on rows that the others leave alone, so that order between them decides nothing.
 */
abstract class ShopClient {
    private final SplittableRandom random;
    private long statements;
    private long errors;
    private Instant now = ShopData.OPENED;

    ShopClient(SplittableRandom random) {
        this.random = random;
    }

    /** Its {@code application_name}. */
    abstract String application();

    /** The role that it logs in as. */
    abstract String role();

    /** Further parameters of its JDBC URL. */
    String urlParameters() {
        return "";
    }

    /** How often it works, for each round of the traffic. */
    int worksPerRound() {
        return 1;
    }

    /** Does a piece of work. */
    abstract void work(Connection connection) throws SQLException, IOException;

    final long statements() {
        return statements;
    }

    final long errors() {
        return errors;
    }

    final int any(int bound) {
        return random.nextInt(bound);
    }

    final int historicOrder() {
        return 1 + any(ShopData.ORDERS);
    }

    final int anyCustomer() {
        return 1 + any(ShopData.CUSTOMERS);
    }

    final BigDecimal anyAmount() {
        return BigDecimal.valueOf(1 + any(20_000), 2);
    }

    /** The client's clock: it goes on by itself, so that times are the same in every run. */
    final java.time.OffsetDateTime tick() {
        now = now.plusNanos(1_000L * (1 + any(5_000_000)));
        return now.atOffset(ZoneOffset.UTC);
    }

    /** Runs a prepared statement and reads all that it answers; returns its first value, if there is one. */
    final long run(Connection connection, String sql, Object... parameters) throws SQLException {
        statements++;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            long first = -1;
            if (statement.execute()) {
                try (ResultSet rows = statement.getResultSet()) {
                    boolean numeric = rows.getMetaData().getColumnType(1) == java.sql.Types.BIGINT;
                    while (rows.next()) {
                        if (first < 0 && numeric) {
                            first = rows.getLong(1);
                        }
                    }
                }
            }
            return first;
        }
    }

    /** Runs a statement that is meant to fail. */
    final void fail(Connection connection, String sqlState, String sql, Object... parameters) throws SQLException {
        errors++;
        try {
            run(connection, sql, parameters);
        } catch (SQLException e) {
            if (sqlState.equals(e.getSQLState())) {
                return;
            }
            throw e;
        }
        throw new IllegalStateException("expected SQLSTATE " + sqlState + " from: " + sql);
    }

    /** Counts statements that do not go through {@link #run}. */
    final void counted(long more) {
        statements += more;
    }
}
