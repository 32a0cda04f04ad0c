package dev.understudy.replay.safety;

import dev.understudy.replay.failure.SafetyRefusal;
import java.time.LocalDate;
import java.util.Optional;

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
