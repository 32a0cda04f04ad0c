package dev.understudy.expect.gate;

import java.util.Arrays;
import java.util.Optional;

/** What a gate can look at. Names are stable: expectation files and reports use them. */
public enum Metric {
    /** Unexpected difference groups of severity blocker that are attributed to the migration. */
    UNEXPECTED_BLOCKERS("groups.unexpected_blockers", Unit.COUNT),
    /** What parity should have found equal and did not. */
    PARITY_FAILURES("parity.failures", Unit.COUNT),
    /** Objects, rows and columns that the migration changed. */
    FOOTPRINT_ITEMS("footprint.items", Unit.COUNT),
    /** Of these, those that no compared statement touched as an application would. */
    FOOTPRINT_NOT_EXERCISED("footprint.not_exercised", Unit.COUNT),
    /** Tables that the trace or the migration touches and that were not compared as wholes, before and after. */
    STATE_NOT_COMPARED("state.not_compared", Unit.COUNT),
    /** Exchanges compared. */
    COMPARED("coverage.compared", Unit.COUNT),
    /** Of the exchanges that carry data, how many were compared. */
    COMPARED_SHARE("coverage.carrying_data", Unit.SHARE),
    /** The same for the table where it is lowest. */
    TABLE_COMPARED_SHARE("coverage.tables", Unit.SHARE),
    /** Exchanges that overlapped a writer of the same rows with no order proven. */
    RACED_SHARE("raced.share", Unit.SHARE),
    /** The same on tables that the migration changed. */
    RACED_IN_FOOTPRINT("raced.footprint", Unit.COUNT),
    /**
     * Paths with noise that nothing explains, where the migration changed something; and whole tables that differ by such
     * noise after the replay, wherever they are, since a trigger may carry a change to them.
     */
    BLIND_IN_FOOTPRINT("blind.footprint", Unit.COUNT),
    /** Compared exchanges on which both arms agree with each other and not with production. */
    ENVIRONMENT_SHARE("environment.share", Unit.SHARE),
    /** Exchanges that the trace lost. */
    LOST_EXCHANGES("gap.exchanges", Unit.COUNT),
    /** Captured roles under which an arm could not replay. */
    MISSING_ROLES("replay.missing_roles", Unit.COUNT),
    /** By how many exchanges the classes fail to add up. */
    LEDGER_DIFFERENCE("ledger.difference", Unit.COUNT),
    /** Outcome records that are missing or could not be read. */
    UNREAD_OUTCOMES("outcomes.unread", Unit.COUNT),
    /** 1 where the run did not go through the whole trace, else 0. */
    PARTIAL_RUN("run.partial", Unit.COUNT);

    private final String label;
    private final Unit unit;

    Metric(String label, Unit unit) {
        this.label = label;
        this.unit = unit;
    }

    /** The name in files and reports. */
    public String label() {
        return label;
    }

    /** What its numbers are. */
    public Unit unit() {
        return unit;
    }

    /** The metric of that name. */
    public static Optional<Metric> named(String label) {
        return Arrays.stream(values())
                .filter(metric -> metric.label.equals(label))
                .findFirst();
    }
}
