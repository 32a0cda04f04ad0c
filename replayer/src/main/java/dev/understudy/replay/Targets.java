package dev.understudy.replay;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.SafetyRefusal;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.safety.ArmInspection;
import dev.understudy.replay.safety.CopyMark;
import dev.understudy.replay.safety.DatabaseIdentity;
import dev.understudy.replay.safety.JdbcConnections;
import dev.understudy.replay.safety.Room;
import dev.understudy.replay.safety.SafetyRules;
import dev.understudy.replay.safety.TargetMark;
import dev.understudy.replay.source.TraceFacts;
import dev.understudy.replay.target.ArmServer;
import dev.understudy.replay.target.Ticks;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.CopyStamp;
import dev.understudy.trace.run.CopyStamps;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparer;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run's arms before and after: checked, read, and made ready. Blocks. */
final class Targets {
    private final Duration timeout;
    private final List<Target> targets;

    private record Target(
            Arm arm,
            ConnectionInfo info,
            DatabaseIdentity identity,
            int serverVersion,
            List<String> startSettings,
            Map<String, List<String>> roleSettings,
            Set<String> roles,
            Room room,
            Optional<CopyStamp> stamp) {}

    private Targets(Duration timeout, List<Target> targets) {
        this.timeout = timeout;
        this.targets = targets;
    }

    /**
     * Connects to every arm and checks that it may be replayed on.
     *
     * @param captured the captured database's catalog, null if the trace has none
     */
    static Targets check(ReplayConfig config, @Nullable Catalog captured, LocalDate today) {
        DatabaseIdentity source = captured == null
                ? new DatabaseIdentity("", "")
                : new DatabaseIdentity(captured.systemIdentifier(), captured.database());
        Duration timeout = config.limits().connectTimeout();
        List<Target> targets = new ArrayList<>();
        ConnectionInfo control = config.control();
        if (control != null) {
            targets.add(check(Arm.CONTROL, control, source, today, timeout));
        }
        targets.add(check(Arm.CANDIDATE, config.candidate(), source, today, timeout));
        if (targets.size() > 1) {
            SafetyRules.checkApart(targets.get(0).identity(), targets.get(1).identity());
        }
        return new Targets(timeout, List.copyOf(targets));
    }

    private static Target check(
            Arm arm, ConnectionInfo info, DatabaseIdentity source, LocalDate today, Duration timeout) {
        try (Connection connection = JdbcConnections.open(info, timeout)) {
            DatabaseIdentity identity = DatabaseIdentity.read(connection);
            SafetyRules.check(info.toString(), identity, TargetMark.read(connection), source, today);
            return new Target(
                    arm,
                    info,
                    identity,
                    connection.getMetaData().getDatabaseMajorVersion() * 10_000,
                    ArmInspection.startSettings(connection),
                    ArmInspection.roleSettings(connection),
                    ArmInspection.roles(connection),
                    Room.read(connection),
                    CopyMark.read(connection, identity));
        } catch (SQLException e) {
            throw new ServiceUnreachable("target=" + info + " can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * Checks that what a trace needs is there.
     *
     * @param facts what the trace needs
     */
    void require(ReplayConfig config, TraceFacts facts) {
        int connections = config.limits().maxConnections();
        if (config.order() != Order.SESSION) {
            SafetyRules.checkFits(facts.mostOpen(), connections);
        }
        Map<String, Integer> arms = new HashMap<>();
        targets.forEach(target -> arms.merge(target.identity().systemIdentifier(), 1, Integer::sum));
        for (Target target : targets) {
            String address = target.info().toString();
            for (String captured : facts.users()) {
                SafetyRules.checkRole(address, captured, config.scope().users().of(captured), target.roles());
            }
            SafetyRules.checkRoom(
                    address,
                    Math.min(facts.mostOpen(), connections),
                    arms.getOrDefault(target.identity().systemIdentifier(), 1),
                    target.room());
        }
        checkDatabases(config.scope().databases());
    }

    private void checkDatabases(NameMap databases) {
        databases.names().forEach((from, to) -> {
            if (targets.stream()
                    .noneMatch(target -> target.identity().database().equals(to))) {
                throw new SafetyRefusal(
                        "unknown-database",
                        "map-database=" + from + "=" + to + ": " + to + " is not the database of a target; there are "
                                + targets.stream()
                                        .map(target -> target.identity().database())
                                        .toList());
            }
        });
    }

    /**
     * Reads the arms' catalogs and the state of their tables.
     *
     * @param comparer holds two arms' tables against each other, null for no such comparison
     */
    ArmReadings read(String run, Moment moment, @Nullable TableComparer comparer) {
        if (comparer != null && targets.size() == 2) {
            return ArmReadings.compare(
                    run, moment, comparer, targets.get(0).info(), targets.get(1).info(), timeout);
        }
        List<ArmState> arms = targets.stream()
                .map(target -> ArmInspection.state(target.arm(), target.info(), timeout))
                .toList();
        return new ArmReadings(arms, List.of());
    }

    /**
     * What the arms' marks say of the copies before the migration. Of tables that were compared no hashes are known: where
     * an arm's schema still is the marked one, only its rows tell whether it is what it was, and are read once more.
     * Blocks.
     *
     * @param before the arms as {@link #read} gave them
     */
    CopyStamps stamps(String run, ArmReadings before, long nowMicros) {
        List<CopyStamps.OfArm> stamps = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            CopyStamp mark = target.stamp().orElse(null);
            if (mark == null) {
                continue;
            }
            stamps.add(new CopyStamps.OfArm(target.arm(), mark));
            Catalog catalog = before.arms().get(i).catalog();
            if (before.isCompared() && mark.isOfSchema(catalog)) {
                CopyStamp now = ArmInspection.stamp(target.info(), catalog, nowMicros, timeout);
                stamps.add(new CopyStamps.OfArm(target.arm(), now));
            }
        }
        return new CopyStamps(run, stamps);
    }

    /** The arms' catalogs, without their tables' state. Blocks. */
    List<ArmState> catalogs() {
        return targets.stream()
                .map(target -> ArmInspection.withoutTables(target.arm(), target.info(), timeout))
                .toList();
    }

    /** How long a statement that does nothing takes on the slowest arm: the median of several. Blocks. */
    Duration roundTrip() {
        return targets.stream()
                .map(target -> ArmInspection.roundTrip(target.info(), timeout))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The arms as the director uses them. */
    List<ArmServer> servers(Vertx vertx, Ticks ticks) {
        return targets.stream()
                .map(target -> new ArmServer(
                        vertx,
                        target.arm(),
                        target.info(),
                        target.serverVersion(),
                        target.startSettings(),
                        target.roleSettings(),
                        timeout,
                        ticks))
                .toList();
    }
}
