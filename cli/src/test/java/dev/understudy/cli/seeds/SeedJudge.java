package dev.understudy.cli.seeds;

import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.parity.FootprintItem;
import dev.understudy.expect.Verdict;
import dev.understudy.lab.seeds.Call;
import dev.understudy.lab.seeds.Derivation;
import dev.understudy.lab.seeds.Fault;
import dev.understudy.lab.seeds.FaultKind;
import dev.understudy.lab.seeds.Scenario;
import dev.understudy.lab.seeds.Setup;
import dev.understudy.lab.seeds.Unit;
import dev.understudy.pgwire.sql.NormalizedSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds a report against what is true. */
final class SeedJudge {
    private final Scenario scenario;
    private final SeedDriver.Outcome outcome;
    private final Optional<Derivation> derivation;

    /**
     * What a report is worth.
     *
     * @param wrongScenario what the generator did not do as it says; then nothing else means anything
     * @param wrongState where the comparison of whole tables does not say what COPY says
     * @param missed what the report does not say though it is so
     * @param falseFindings what it says though it is not so
     */
    record Judgement(
            List<String> wrongScenario, List<String> wrongState, List<String> missed, List<String> falseFindings) {
        boolean isRight() {
            return wrongScenario.isEmpty() && wrongState.isEmpty() && missed.isEmpty() && falseFindings.isEmpty();
        }
    }

    private SeedJudge(SeedDriver.Outcome outcome) {
        this.outcome = outcome;
        this.scenario = outcome.scenario();
        this.derivation = scenario.fault().map(fault -> Derivation.of(scenario, fault));
    }

    static Judgement judge(SeedDriver.Outcome outcome) {
        SeedJudge judge = new SeedJudge(outcome);
        return new Judgement(
                outcome.scenario().contradictions(outcome.truth()),
                new StateJudge(outcome).wrong(),
                judge.missed(),
                judge.falseFindings());
    }

    private List<String> missed() {
        Fault fault = scenario.fault().orElse(null);
        if (fault == null) {
            return scenario.setup() == Setup.RIGHT ? List.of() : missedSetup(scenario.setup());
        }
        List<String> missed = new ArrayList<>();
        boolean forbidsGo = scenario.forbidsGo(outcome.after());
        if (forbidsGo && outcome.report().verdict() != Verdict.NO_GO) {
            missed.add("verdict " + outcome.report().verdict());
        }
        boolean named = blockers().stream().anyMatch(group -> names(group, fault));
        boolean inFootprint = outcome.report().footprint().stream().anyMatch(item -> names(item, fault));
        if (forbidsGo ? !named : !inFootprint) {
            missed.add("not named: " + fault);
        }
        if (!fault.kind().schemaClass().isEmpty() && !inFootprint) {
            missed.add("not in the footprint: " + fault.kind().schemaClass() + " of " + fault);
        }
        return missed;
    }

    /** A rehearsal that shows nothing passes nothing, and says why. */
    private List<String> missedSetup(Setup setup) {
        List<String> missed = new ArrayList<>();
        if (outcome.report().verdict() == Verdict.GO) {
            missed.add("verdict GO");
        }
        if (outcome.report().parity().failures().stream()
                .noneMatch(failure -> failure.name().name().equals(setup.name()))) {
            missed.add(
                    "not named: " + setup + ", but " + outcome.report().parity().failures());
        }
        return missed;
    }

    /** What is told against the migration; what nothing explains is told, and not held against it. */
    private List<DifferenceGroup> blockers() {
        return outcome.report().unexpectedBlockers().stream()
                .filter(group -> group.attribution().isMigration())
                .toList();
    }

    private boolean names(DifferenceGroup group, Fault fault) {
        if (!group.fingerprint().isEmpty()) {
            return mayDiffer(group);
        }
        String object = fault.object() + (fault.column().equals("*") ? "" : "." + fault.column());
        return ObjectNames.isAbout(group.path(), object) || ObjectNames.isAbout(group.path(), fault.object());
    }

    private static boolean names(FootprintItem item, Fault fault) {
        boolean sameClass = item.type().toString().equals(fault.kind().schemaClass())
                || fault.kind() == FaultKind.UNIQUE_DROPPED
                        && item.type().toString().equals("SCHEMA_INDEX");
        return sameClass && ObjectNames.isAbout(item.object(), fault.object());
    }

    private List<String> falseFindings() {
        List<String> falseFindings = new ArrayList<>();
        for (DifferenceGroup group : blockers()) {
            boolean follows = derivation.isPresent()
                    && (group.fingerprint().isEmpty() ? isAboutWhatIsWrong(group) : mayDiffer(group));
            if (!follows) {
                falseFindings.add(text(group));
            }
        }
        return falseFindings;
    }

    /** Whether an object, schema.table or schema.table.column, is one that the fault made wrong. */
    private boolean isAboutWhatIsWrong(DifferenceGroup group) {
        if (group.type().name().startsWith("SCHEMA_")) {
            Fault fault = scenario.fault().orElseThrow();
            return !fault.kind().isOfData() && ObjectNames.isAbout(group.path(), fault.object());
        }
        Derivation wrong = derivation.orElseThrow();
        String[] parts = ObjectNames.parts(group.path());
        return parts.length < 2 || !scenario.isColumn(parts[0], parts[1])
                ? wrong.isTableWrong(parts[0])
                : wrong.isWrong(parts[0] + "." + parts[1]);
    }

    private boolean mayDiffer(DifferenceGroup group) {
        Derivation wrong = derivation.orElseThrow();
        for (Unit unit : scenario.workload().units()) {
            for (Call call : unit.calls()) {
                if (isOf(group, call) && wrong.mayDiffer(unit, call, group.path())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOf(DifferenceGroup group, Call call) {
        return !call.sql().isEmpty()
                && words(NormalizedSql.of(call.sql()).text()).equals(words(group.sql()));
    }

    /** A statement without its parameters, for which each dialect of the driver has a form of its own. */
    private static String words(String sql) {
        return sql.replaceAll("::[a-z0-9_]+( precision| with time zone| without time zone)?", "")
                .replaceAll("[^A-Za-z0-9_]+", " ")
                .strip();
    }

    static String text(DifferenceGroup group) {
        return group.type() + " " + group.path() + " (" + group.transition() + ") "
                + group.attribution().label()
                + " ×" + group.count() + " in " + group.sql() + " "
                + group.samples().stream()
                        .findFirst()
                        .map(sample -> sample.toString())
                        .orElse("");
    }
}
