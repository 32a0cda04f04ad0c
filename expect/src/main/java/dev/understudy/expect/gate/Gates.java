package dev.understudy.expect.gate;

import static dev.understudy.expect.Verdict.INCONCLUSIVE;
import static dev.understudy.expect.Verdict.NO_GO;
import static dev.understudy.expect.gate.Comparator.ABOVE;
import static dev.understudy.expect.gate.Comparator.BELOW;

import dev.understudy.expect.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The gates that always hold, and their conjunction. */
public final class Gates {
    private static final List<Gate> DEFAULTS = List.of(
            gate(
                    Metric.UNEXPECTED_BLOCKERS,
                    ABOVE,
                    0,
                    NO_GO,
                    "The migrated side loses, invents or changes facts, or raises new errors",
                    "No fact changed and no new error"),
            gate(
                    Metric.PARITY_FAILURES,
                    ABOVE,
                    0,
                    INCONCLUSIVE,
                    "The copies were not what the trace needs",
                    "The copies had what the trace needs"),
            gate(
                    Metric.FOOTPRINT_ITEMS,
                    BELOW,
                    1,
                    INCONCLUSIVE,
                    "The candidate does not differ from the control: nothing was migrated, or nothing that was looked at",
                    "The migration's footprint is known"),
            gate(
                    Metric.STATE_NOT_COMPARED,
                    ABOVE,
                    0,
                    INCONCLUSIVE,
                    "Tables were not compared as wholes",
                    "Every table that the trace or the migration touches was compared as a whole"),
            gate(
                    Metric.FOOTPRINT_NOT_EXERCISED,
                    ABOVE,
                    0,
                    INCONCLUSIVE,
                    "The trace does not exercise everything that the migration changed",
                    "Everything that the migration changed was exercised"),
            gate(
                    Metric.PARTIAL_RUN,
                    ABOVE,
                    0,
                    INCONCLUSIVE,
                    "The run did not go through the whole trace",
                    "The run went through the whole trace"),
            gate(
                    Metric.UNREAD_OUTCOMES,
                    ABOVE,
                    0,
                    INCONCLUSIVE,
                    "Outcomes are missing or could not be read",
                    "Every outcome was read"),
            gate(
                    Metric.LEDGER_DIFFERENCE,
                    ABOVE,
                    0,
                    INCONCLUSIVE,
                    "The classes of exchanges do not add up",
                    "The classes of exchanges add up"),
            gate(Metric.COMPARED, BELOW, 1, INCONCLUSIVE, "Nothing was compared", "Exchanges were compared"),
            gate(
                    Metric.COMPARED_SHARE,
                    BELOW,
                    0.95,
                    INCONCLUSIVE,
                    "Too few of the exchanges that carry data were compared",
                    "Enough of the exchanges that carry data were compared"),
            gate(
                    Metric.TABLE_COMPARED_SHARE,
                    BELOW,
                    0.99,
                    INCONCLUSIVE,
                    "Too few of the exchanges that touch a table were compared",
                    "Enough of the exchanges of every table were compared"),
            gate(
                    Metric.RACED_SHARE,
                    ABOVE,
                    0.001,
                    INCONCLUSIVE,
                    "Too many exchanges raced",
                    "Hardly any exchange raced"),
            gate(
                    Metric.ENVIRONMENT_SHARE,
                    ABOVE,
                    0.01,
                    INCONCLUSIVE,
                    "Both arms agree with each other and differ from production too often",
                    "The control arm answers as production did"),
            gate(
                    Metric.RACED_IN_FOOTPRINT,
                    ABOVE,
                    0,
                    INCONCLUSIVE,
                    "Exchanges raced on what the migration changed",
                    "No exchange raced on what the migration changed"),
            gate(
                    Metric.BLIND_IN_FOOTPRINT,
                    ABOVE,
                    0,
                    INCONCLUSIVE,
                    "Noise that nothing explains hides what the migration changed",
                    "Nothing hides what the migration changed"),
            gate(
                    Metric.LOST_EXCHANGES,
                    ABOVE,
                    0,
                    INCONCLUSIVE,
                    "The trace lost exchanges, and no control arm shows what that changed",
                    "The trace lost nothing"),
            gate(
                    Metric.MISSING_ROLES,
                    ABOVE,
                    0,
                    INCONCLUSIVE,
                    "The replay did not run under the captured roles",
                    "The replay ran under the captured roles"));

    private Gates() {}

    /** The gates that hold for every run. A file can add to them and tighten them. */
    public static List<Gate> defaults() {
        return DEFAULTS;
    }

    /** The conjunction of {@code gates}. A metric without data trips as INCONCLUSIVE, whatever the gate's effect. */
    public static Decision decide(List<Gate> gates, Measurements measurements) {
        List<Reason> noGo = new ArrayList<>();
        List<Reason> inconclusive = new ArrayList<>();
        List<Reason> held = new ArrayList<>();
        for (Gate gate : gates) {
            if (measurements.isApplicable(gate.metric())) {
                Reason reason = judge(gate, measurements);
                switch (reason.effect()) {
                    case NO_GO -> noGo.add(reason);
                    case INCONCLUSIVE -> inconclusive.add(reason);
                    case GO -> held.add(reason);
                }
            }
        }
        Verdict verdict =
                !noGo.isEmpty() ? NO_GO : !inconclusive.isEmpty() || held.isEmpty() ? INCONCLUSIVE : Verdict.GO;
        noGo.addAll(inconclusive);
        return new Decision(verdict, noGo, held);
    }

    private static Reason judge(Gate gate, Measurements measurements) {
        Metric metric = gate.metric();
        OptionalDouble value = measurements.value(metric);
        if (value.isEmpty()) {
            return new Reason(gate, value, INCONCLUSIVE, "There is no data for this gate.");
        }
        boolean trips = gate.comparator().trips(value.getAsDouble(), gate.limit());
        String detail = measurements.detail(metric);
        String text = (trips ? gate.tripped() : gate.held()) + (detail.isEmpty() ? "." : ": " + detail + ".");
        return new Reason(gate, value, trips ? gate.effect() : Verdict.GO, text);
    }

    private static Gate gate(
            Metric metric, Comparator comparator, double limit, Verdict effect, String tripped, String held) {
        return new Gate(metric, comparator, limit, effect, tripped, held);
    }
}
