package dev.understudy.replay.safety;

import dev.understudy.replay.failure.SafetyRefusal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** The rules by which a target is refused. Pure. */
public final class SafetyRules {
    private SafetyRules() {}

    /**
     * Checks one target.
     *
     * @param address for people
     * @param target which database it is
     * @param mark its mark
     * @param captured the captured database
     * @param today the day, in the zone in which marks are meant
     * @throws SafetyRefusal naming the rule that refuses
     */
    public static void check(
            String address,
            DatabaseIdentity target,
            Optional<TargetMark> mark,
            DatabaseIdentity captured,
            LocalDate today) {
        String where = "target=" + address + ": ";
        if (!target.isKnown()) {
            throw new SafetyRefusal(
                    "unknown-identity",
                    where + "the server does not tell its system identifier; allow the role EXECUTE on"
                            + " pg_control_system()");
        }
        if (!captured.isKnown()) {
            throw new SafetyRefusal(
                    "unknown-identity",
                    where + "the capture does not tell which database it is of, so that this could be it; let the"
                            + " capture's own role read the catalog and pg_control_system()");
        }
        if (target.equals(captured)) {
            throw new SafetyRefusal(
                    "captured-database", where + "this is the very database that was captured; replay on a copy");
        }
        TargetMark found = mark.orElseThrow(() -> new SafetyRefusal(
                "unmarked",
                where + "not marked as a target; if it may be written to, run: understudy mark --target URI"));
        if (!found.identity().equals(target)) {
            throw new SafetyRefusal(
                    "mark-of-another",
                    where + "its mark is of database " + found.identity().database() + " on server "
                            + found.identity().systemIdentifier() + ", so it came with a copy; mark this one itself");
        }
        found.until().filter(until -> until.isBefore(today)).ifPresent(until -> {
            throw new SafetyRefusal("mark-expired", where + "its mark ended on " + until + "; mark it again");
        });
    }

    /**
     * Checks that a captured role has one that stands for it.
     *
     * @param address the target, for people
     * @param captured the role of production's sessions
     * @param role the one that is to stand for it
     * @param known the target's roles
     * @throws SafetyRefusal if it has not
     */
    public static void checkRole(String address, String captured, String role, Set<String> known) {
        if (!known.contains(role)) {
            String mapped = role.equals(captured) ? "" : " (for " + captured + ")";
            throw new SafetyRefusal(
                    "unknown-role",
                    "target=" + address + ": it has no role " + role + mapped
                            + ", so that grants and row security could not decide as in production; create the role, or"
                            + " name another: --map-user " + captured + "=ROLE");
        }
    }

    /**
     * Checks that as many sessions as production had may be open at once, which an order between sessions needs: one
     * that waits for a connection could hold up the one that would free it.
     *
     * @throws SafetyRefusal if they may not
     */
    public static void checkFits(int mostOpen, int maxConnections) {
        if (mostOpen > maxConnections) {
            throw new SafetyRefusal(
                    "max-connections",
                    "max-connections=" + maxConnections + ": the trace has " + mostOpen
                            + " sessions open at once, and ordered replay needs them all; raise --max-connections, or"
                            + " use --order session for read-only traffic");
        }
    }

    /**
     * Checks that a server has room for that many sessions and the replayer's own connection.
     *
     * @param address the target, for people
     * @param sessions how many on one arm
     * @param arms how many arms the server has
     * @throws SafetyRefusal if it has not
     */
    public static void checkRoom(String address, int sessions, int arms, Room room) {
        long needed = (sessions + 1L) * arms;
        if (needed > room.free()) {
            throw new SafetyRefusal(
                    "target-connections",
                    "target=" + address + ": " + needed + " connections are needed (" + sessions
                            + " sessions and one that watches, " + arms + " arms on this server), and it has room for "
                            + room.free() + ": max_connections=" + room.maxConnections() + ", reserved="
                            + room.reserved() + ", used=" + room.used() + "; raise max_connections there,"
                            + " or with --order session lower --max-connections");
        }
    }

    /**
     * Checks that two arms are two databases.
     *
     * @throws SafetyRefusal if they are one
     */
    public static void checkApart(DatabaseIdentity control, DatabaseIdentity candidate) {
        if (control.equals(candidate)) {
            throw new SafetyRefusal(
                    "arms-are-one",
                    "database=" + candidate.database()
                            + ": control and candidate are the same database; each needs a copy of its own");
        }
    }
}
