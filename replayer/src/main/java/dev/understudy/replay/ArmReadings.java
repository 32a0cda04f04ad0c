package dev.understudy.replay;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.safety.ArmInspection;
import dev.understudy.replay.safety.JdbcConnections;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogReader;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.ControlEntry;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparer;
import dev.understudy.trace.run.TableComparer.Side;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What is read of the arms at one moment, over connections of its own.
 *
 * @param arms each arm; where tables were compared, they are counted by that and have no hash of their own
 * @param together what only both arms together tell, to be written beside
 */
record ArmReadings(List<ArmState> arms, List<ControlEntry> together) {
    /** Whether tables were compared, so that the arms' tables have no hash of their own. */
    boolean isCompared() {
        return !together.isEmpty();
    }

    /**
     * Compares whole tables of two arms; before the replay, reads also where each arm's view columns come from. Blocks.
     *
     * @throws ServiceUnreachable if a server can't be reached, or is lost
     */
    static ArmReadings compare(
            String run,
            Moment moment,
            TableComparer comparer,
            ConnectionInfo control,
            ConnectionInfo candidate,
            Duration timeout) {
        try (Connection left = JdbcConnections.open(control, timeout);
                Connection right = JdbcConnections.open(candidate, timeout)) {
            Catalog before = CatalogReader.read(left);
            Catalog after = CatalogReader.read(right);
            List<TableComparison> tables = comparer.compare(moment, new Side(left, before), new Side(right, after));
            List<ControlEntry> together = new ArrayList<>();
            together.add(new StateComparison(run, moment, tables));
            if (moment == Moment.BEFORE_REPLAY) {
                together.add(ViewOriginsReader.read(left, before, run, Arm.CONTROL));
                together.add(ViewOriginsReader.read(right, after, run, Arm.CANDIDATE));
            }
            List<TableState> ofControl = counted(tables, TableComparison::baseline, TableComparison::baselineRows);
            List<TableState> ofCandidate = counted(tables, TableComparison::candidate, TableComparison::candidateRows);
            return new ArmReadings(
                    List.of(
                            ArmInspection.state(Arm.CONTROL, control, before, ofControl),
                            ArmInspection.state(Arm.CANDIDATE, candidate, after, ofCandidate)),
                    together);
        } catch (SQLException e) {
            throw new ServiceUnreachable(
                    "control=" + control + " candidate=" + candidate + ": whole tables can't be compared: "
                            + e.getMessage(),
                    e);
        }
    }

    private static List<TableState> counted(
            List<TableComparison> tables,
            Function<TableComparison, String> name,
            ToLongFunction<TableComparison> rows) {
        return tables.stream()
                .filter(table -> !name.apply(table).isEmpty())
                .map(table -> rows.applyAsLong(table) < 0
                        ? new TableState(name.apply(table), 0, "", table.note())
                        : new TableState(name.apply(table), rows.applyAsLong(table), "", ""))
                .toList();
    }
}
