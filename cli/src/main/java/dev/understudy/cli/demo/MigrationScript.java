package dev.understudy.cli.demo;

import dev.understudy.cli.config.InvalidFileException;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A file of SQL, run one statement after the other as psql would, so that CREATE INDEX CONCURRENTLY works too. Commands
 * of psql itself are not understood.
 *
 * @param name the file, for errors
 * @param sql its text
 */
record MigrationScript(String name, String sql) {
    /**
     * Runs it.
     *
     * @param connection in autocommit mode, borrowed
     * @throws InvalidFileException if the server refuses a statement, with its line
     * @throws SQLException if the connection breaks
     */
    void run(Connection connection) throws SQLException {
        for (SqlPart part : SqlSplitter.split(sql)) {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(part.sql());
            } catch (PSQLException e) {
                ServerErrorMessage server = e.getServerErrorMessage();
                if (server == null) {
                    throw e;
                }
                int inside = Math.max(0, server.getPosition() - 1);
                throw new InvalidFileException(name + ":" + line(part.start() + inside) + ": the server refuses it: "
                        + server.getMessage() + " (" + server.getSQLState() + ")");
            }
        }
    }

    /** The line of an offset, counted from one. */
    private long line(int offset) {
        return 1
                + sql.substring(0, Math.min(offset, sql.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
