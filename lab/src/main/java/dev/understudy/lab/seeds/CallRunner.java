package dev.understudy.lab.seeds;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Runs calls on one connection, and reads all that they answer. Belongs to one thread at a time. */
final class CallRunner {
    private static final int CURSOR_ROWS = 5;

    private final Connection connection;

    CallRunner(Connection connection) {
        this.connection = connection;
    }

    /**
     * Runs one.
     *
     * @throws SQLException if it fails and is not meant to
     * @throws IllegalStateException if it is meant to fail in another way than it did
     */
    void run(Call call) throws SQLException, IOException {
        try {
            answer(call);
        } catch (SQLException e) {
            if (call.sqlState().equals(e.getSQLState())) {
                return;
            }
            throw new SQLException("sql=" + call.sql() + ": " + e.getMessage(), e.getSQLState(), e);
        }
        if (!call.sqlState().isEmpty()) {
            throw new IllegalStateException("sql=" + call.sql() + ": expected SQLSTATE " + call.sqlState());
        }
    }

    private void answer(Call call) throws SQLException, IOException {
        switch (call.act()) {
            case QUERY -> query(call, 0);
            case CURSOR -> query(call, CURSOR_ROWS);
            case COPY_OUT -> copies().copyOut(call.sql(), new StringWriter());
            case COPY_IN ->
                copies().copyIn(call.sql(), new StringReader((String)
                        call.arguments().get(0)));
            case BEGIN -> connection.setAutoCommit(false);
            case COMMIT -> {
                connection.commit();
                connection.setAutoCommit(true);
            }
            case ROLLBACK -> {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private CopyManager copies() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private void query(Call call, int fetchSize) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(call.sql())) {
            statement.setFetchSize(fetchSize);
            for (int i = 0; i < call.arguments().size(); i++) {
                statement.setObject(i + 1, call.arguments().get(i));
            }
            if (statement.execute()) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        rows.getString(1);
                    }
                }
            }
        }
    }
}
