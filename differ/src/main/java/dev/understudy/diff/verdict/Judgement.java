package dev.understudy.diff.verdict;

import dev.understudy.diff.attribute.BlindPath;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.group.GroupOrder;
import dev.understudy.diff.group.Observation;
import dev.understudy.diff.group.Sample;
import dev.understudy.diff.parity.CopyProof;
import dev.understudy.diff.parity.Declarations;
import dev.understudy.diff.parity.Finding;
import dev.understudy.diff.parity.Footprint;
import dev.understudy.diff.parity.FootprintItem;
import dev.understudy.diff.parity.Parity;
import dev.understudy.diff.parity.ParityCheck;
import dev.understudy.diff.parity.RunCauses;
import dev.understudy.diff.parity.StateFindings;
import dev.understudy.diff.report.Ledger;
import dev.understudy.diff.report.Report;
import dev.understudy.diff.tally.OutcomeGaps;
import dev.understudy.diff.tally.RunTally;
import dev.understudy.expect.gate.Decision;
import dev.understudy.expect.gate.Gates;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.RunFacts;
import dev.understudy.trace.run.RunStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Judges a run after its last outcome: footprint, whole tables, parity, gates. Pure; used once. */
final class Judgement {
    private static final ExchangeId NO_EXCHANGE = new ExchangeId(0, 0);
    private static final Sample NO_SAMPLE = new Sample("", "", "", "");

    private final RunFacts facts;
    private final RunStart start;
    private final @Nullable ArmState control;
    private final RunTally tally;
    private final Exercise exercise;
    private final Parity parity;
    private final @Nullable Footprint footprint;
    private final Map<String, Long> totals = new HashMap<>();

    Judgement(
            RunFacts facts, @Nullable ArmState control, ArmState candidate, RunTally tally, Declarations declarations) {
        this.facts = facts;
        this.start = facts.start();
        this.control = control;
        this.tally = tally;
        Catalog known =
                start.recorded() != null ? start.recorded() : control != null ? control.catalog() : candidate.catalog();
        this.exercise = Exercise.of(known, tally.coverage().statements().all(), shown(known));
        this.parity = ParityCheck.check(
                start.recorded(),
                control,
                candidate,
                new TouchedByTrace(tally.coverage()),
                control == null ? null : facts.before(),
                control == null ? CopyProof.NONE : CopyProof.of(facts.stamps(), control, candidate));
        this.footprint = control == null
                ? null
                : Footprint.of(control, candidate, facts.before(), facts.after(), exercise, declarations);
    }

    /** Whether production's answers showed a column, schema.relation.column. */
    private Predicate<String> shown(Catalog catalog) {
        Map<String, int[]> places = new HashMap<>();
        for (Catalog.Relation relation : catalog.relations()) {
            for (Catalog.Attribute attribute : relation.attributes()) {
                places.put(
                        relation.qualifiedName() + "." + attribute.name(),
                        new int[] {relation.oid(), attribute.number()});
            }
        }
        return name -> {
            int[] place = places.get(name);
            return place != null && tally.coverage().isRead(place[0], place[1]);
        };
    }

    Report report(OutcomeGaps gaps) {
        List<FootprintItem> items = footprint == null ? List.of() : footprint.items();
        for (FootprintItem item : items) {
            if (!item.declared()) {
                item.findings().forEach(this::add);
            }
        }
        List<Finding> beyond = beyond();
        beyond.forEach(this::add);
        List<DifferenceGroup> groups = groups();
        List<BlindPath> blind = tally.blindPaths();
        Ledger ledger = new RunLedger(tally.coverage(), facts.end()).ledger();
        GateMeasures measures = new GateMeasures(facts, tally, exercise, parity, footprint);
        Decision decision = Gates.decide(Gates.defaults(), measures.measure(groups, beyond, blind, ledger, gaps));
        return new Report(
                start.run(),
                start.capture(),
                start.mode(),
                start.order(),
                decision.verdict(),
                decision.reasons(),
                ledger,
                parity,
                items,
                groups,
                tally.errors(),
                new Untested(facts, parity, footprint, beyond, blind).sentences());
    }

    /** What whole tables show after the replay beyond the footprint. */
    private List<Finding> beyond() {
        if (control == null || facts.after() == null) {
            return List.of();
        }
        RunCauses causes = new RunCauses(control.catalog(), tally.baselineToCandidate(), exercise);
        List<DifferenceGroup> answers = tally.differenceGroups();
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : StateFindings.beyond(facts.before(), facts.after(), causes)) {
            findings.add(finding.from(Roots.of(finding, answers, exercise)));
        }
        return findings;
    }

    private void add(Finding finding) {
        totals.merge(key(finding.type().name(), finding.path(), finding.transition()), finding.total(), Math::max);
        List<Sample> samples = finding.samples().isEmpty() ? List.of(NO_SAMPLE) : finding.samples();
        for (int i = 0; i < samples.size(); i++) {
            Observation observation = new Observation(
                    "",
                    "",
                    finding.type(),
                    finding.severity(),
                    finding.path(),
                    finding.transition(),
                    finding.attribution(),
                    finding.origin(),
                    i == 0 ? finding.count() : 0);
            Sample sample = samples.get(i);
            tally.groups().add(observation, NO_EXCHANGE, 0, i, sample.row(), sample.before(), sample.after());
        }
    }

    private static String key(String type, String path, String transition) {
        return type + "|" + path + "|" + transition;
    }

    private List<DifferenceGroup> groups() {
        List<DifferenceGroup> groups = new ArrayList<>();
        for (DifferenceGroup group : tally.differenceGroups()) {
            long total = totals.getOrDefault(key(group.type().name(), group.path(), group.transition()), 0L);
            DifferenceGroup known = group.isOfDatabase() ? group.ofObject(total) : group;
            boolean blamed = known.disposition() == GroupDisposition.UNEXPECTED;
            groups.add(blamed && !parity.holds() ? known.unblamed() : known);
        }
        return GroupOrder.sorted(groups);
    }
}
