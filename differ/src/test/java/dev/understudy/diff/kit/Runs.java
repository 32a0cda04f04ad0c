package dev.understudy.diff.kit;

import dev.understudy.diff.parity.Declarations;
import dev.understudy.diff.report.Report;
import dev.understudy.diff.tally.Bounds;
import dev.understudy.diff.tally.OutcomeFold;
import dev.understudy.diff.tally.OutcomeGaps;
import dev.understudy.diff.tally.PartitionTally;
import dev.understudy.diff.tally.RunTally;
import dev.understudy.diff.verdict.Assessment;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunFacts;
import dev.understudy.trace.run.RunStart;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds runs, and reports of them. */
public final class Runs {
    private @Nullable Catalog recorded;
    private final List<ArmState> arms = new ArrayList<>();
    private final List<ArmState> armsAfter = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Map<String, String> warnings = new TreeMap<>();
    private final Map<Disposition, Long> withoutOutcome = new EnumMap<>(Disposition.class);
    private @Nullable StateComparison before;
    private @Nullable StateComparison wholeAfter;
    private boolean complete = true;
    private long missing;

    /** A run of a capture with that catalog. */
    public static Runs of(@Nullable Catalog recorded) {
        Runs run = new Runs();
        run.recorded = recorded;
        return run;
    }

    /** An arm, with its tables before the run and, the same, after it. */
    public Runs arm(Arm arm, Catalog catalog, TableState... tables) {
        arms.add(new ArmState(arm, "staging:5432/" + arm.name().toLowerCase(Locale.ROOT), catalog, List.of(tables)));
        return this;
    }

    /** What an arm's tables are after the run. */
    public Runs after(Arm arm, Catalog catalog, TableState... tables) {
        armsAfter.add(new ArmState(arm, "staging:5432/" + arm, catalog, List.of(tables)));
        return this;
    }

    /** Whole tables before the replay, and the same after it. */
    public Runs whole(Tables... tables) {
        before = new StateComparison("r1", Moment.BEFORE_REPLAY, built(tables));
        return wholeAfter(tables);
    }

    /** Whole tables after the replay. */
    public Runs wholeAfter(Tables... tables) {
        wholeAfter = new StateComparison("r1", Moment.AFTER_REPLAY, built(tables));
        return this;
    }

    private static List<TableComparison> built(Tables... tables) {
        return Stream.of(tables).map(Tables::build).toList();
    }

    /** All that the run's control topic says. */
    public RunFacts facts() {
        return new RunFacts(start(), before, wholeAfter, List.of(), null, end());
    }

    /** More outcomes. */
    public Runs add(Outcome... more) {
        outcomes.addAll(List.of(more));
        return this;
    }

    /** Exchanges that ended in a class without an outcome. */
    public Runs without(Disposition disposition, long count) {
        withoutOutcome.put(disposition, count);
        return this;
    }

    /** A warning of the replayer's. */
    public Runs warning(String term, String text) {
        warnings.put(term, text);
        return this;
    }

    /** The run was stopped before the trace's end. */
    public Runs stopped() {
        complete = false;
        return this;
    }

    /** The run wrote more outcomes than there are to read. */
    public Runs missing(long count) {
        missing = count;
        return this;
    }

    /** How it begins. */
    public RunStart start() {
        return new RunStart("r1", "c1", "serial", "max", "compat", 42, 1, recorded, arms);
    }

    /** How it ends. */
    public RunEnd end() {
        Map<Disposition, Long> dispositions = new EnumMap<>(Disposition.class);
        outcomes.forEach(outcome -> dispositions.merge(outcome.disposition(), 1L, Long::sum));
        withoutOutcome.forEach((disposition, count) -> dispositions.merge(disposition, count, Long::sum));
        dispositions.merge(Disposition.COMPARED, missing, Long::sum);
        long sum = dispositions.values().stream().mapToLong(Long::longValue).sum();
        return new RunEnd(
                "r1",
                43,
                complete,
                sum,
                dispositions,
                List.of((long) outcomes.size() + missing),
                warnings,
                0,
                0,
                1,
                armsAfter.isEmpty() ? arms : armsAfter);
    }

    /** The outcomes. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    /** The report, held against the control if there is one. */
    public Report report() {
        return report(arms.stream().anyMatch(state -> state.arm() == Arm.CONTROL));
    }

    /** The report. */
    public Report report(boolean withControl) {
        return report(facts(), withControl, new OutcomeGaps(0, 0, missing));
    }

    /** The report of a run that has no end. */
    public Report reportOfKilled() {
        return report(new RunFacts(start(), before, null, List.of(), null, null), arms.size() > 1, OutcomeGaps.NONE);
    }

    /** The report of a migration that was said to change something. */
    public Report report(Declarations declarations) {
        return new Assessment(facts(), true, tally(true), declarations).report(OutcomeGaps.NONE);
    }

    /** What is counted of the outcomes. */
    public RunTally tally(boolean withControl) {
        return tally(start(), withControl);
    }

    private RunTally tally(RunStart start, boolean withControl) {
        OutcomeFold fold = OutcomeFold.of(start, withControl);
        PartitionTally tally = new PartitionTally();
        outcomes.forEach(outcome -> fold.add(outcome, tally));
        return RunTally.of(Bounds.DEFAULT, List.of(tally));
    }

    private Report report(RunFacts facts, boolean withControl, OutcomeGaps gaps) {
        return new Assessment(facts, withControl, tally(facts.start(), withControl)).report(gaps);
    }
}
