package dev.understudy.replay;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.safety.JdbcConnections;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogReader;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ControlEntry;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparer;
import dev.understudy.trace.run.TableComparer.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What only both arms together tell, over connections of its own. Blocks. */
final class ArmFacts {
    private ArmFacts() {}

    /**
     * Compares whole tables; before the replay, reads also where each arm's view columns come from.
     *
     * @throws ServiceUnreachable if a server can't be reached, or is lost
     */
    static List<ControlEntry> read(
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
            List<ControlEntry> facts = new ArrayList<>();
            facts.add(new StateComparison(
                    run, moment, comparer.compare(moment, new Side(left, before), new Side(right, after))));
            if (moment == Moment.BEFORE_REPLAY) {
                facts.add(ViewOriginsReader.read(left, before, run, Arm.CONTROL));
                facts.add(ViewOriginsReader.read(right, after, run, Arm.CANDIDATE));
            }
            return facts;
        } catch (SQLException e) {
            throw new ServiceUnreachable(
                    "control=" + control + " candidate=" + candidate + ": whole tables can't be compared: "
                            + e.getMessage(),
                    e);
        }
    }
}
