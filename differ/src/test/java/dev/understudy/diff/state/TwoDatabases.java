package dev.understudy.diff.state;

import dev.understudy.lab.LabServers;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.trace.catalog.CatalogReader;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparer;
import dev.understudy.trace.run.TableComparer.Side;
import dev.understudy.trace.run.TableComparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A control and a candidate database of one test. */
final class TwoDatabases implements AutoCloseable {
    final String controlName;
    final String candidateName;
    final Connection control;
    final Connection candidate;
    private final EmbeddedDatabase controlServer;
    private final EmbeddedDatabase candidateServer;

    /** Empty ones. */
    TwoDatabases() throws SQLException {
        this(LabServers.postgres(), LabServers.postgres());
    }

    /** Empty ones, each on its server. */
    TwoDatabases(EmbeddedDatabase ofControl, EmbeddedDatabase ofCandidate) throws SQLException {
        controlServer = ofControl;
        candidateServer = ofCandidate;
        controlName = LabServers.uniqueName("control");
        candidateName = LabServers.uniqueName("candidate");
        ofControl.createDatabase(controlName);
        ofCandidate.createDatabase(candidateName);
        control = ofControl.connect(controlName);
        candidate = ofCandidate.connect(candidateName);
    }

    TwoDatabases both(String... sql) throws SQLException {
        return control(sql).candidate(sql);
    }

    TwoDatabases control(String... sql) throws SQLException {
        execute(control, sql);
        return this;
    }

    TwoDatabases candidate(String... sql) throws SQLException {
        execute(candidate, sql);
        return this;
    }

    Side controlSide() throws SQLException {
        return new Side(control, CatalogReader.read(control));
    }

    Side candidateSide() throws SQLException {
        return new Side(candidate, CatalogReader.read(candidate));
    }

    List<TableComparison> compare(TableComparer comparer) throws SQLException {
        return compare(comparer, Moment.BEFORE_REPLAY);
    }

    List<TableComparison> compare(TableComparer comparer, Moment moment) throws SQLException {
        return comparer.compare(moment, controlSide(), candidateSide());
    }

    List<TableComparison> compare() throws SQLException {
        return compare(new WholeTables());
    }

    /** The comparison of the only table. */
    TableComparison only() throws SQLException {
        return only(compare());
    }

    static TableComparison only(List<TableComparison> found) {
        if (found.size() != 1) {
            throw new AssertionError("expected one table, found " + found);
        }
        return found.get(0);
    }

    static void execute(Connection connection, String... sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        control.close();
        candidate.close();
        controlServer.dropDatabase(controlName);
        candidateServer.dropDatabase(candidateName);
    }
}
