package dev.understudy.cli.seeds;

import dev.understudy.expect.Verdict;
import dev.understudy.expect.gate.Reason;
import dev.understudy.lab.seeds.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of many seeds: a line for each on standard output, and the sum. */
final class SeedSum {
    private static final int MOST_TOLD = 6;

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> faults = new TreeMap<>();
    private final Map<String, Integer> locations = new TreeMap<>();
    private final Map<Verdict, Integer> clean = new TreeMap<>();
    private final Map<Verdict, Integer> faulty = new TreeMap<>();
    private final Map<String, Integer> inconclusive = new TreeMap<>();
    private int seeds;
    private int missed;
    private int falseFindings;
    private int broken;
    private int wrongState;
    private long millis;

    void add(SeedDriver driver, long seed, boolean keep) {
        seeds++;
        try {
            add(driver.run(seed, keep), keep);
        } catch (Exception e) {
            broken++;
            wrong.add("seed=" + seed + " broken: " + e);
            System.out.println("seed=" + seed + " broken: " + e);
            if (keep) {
                e.printStackTrace(System.out);
            }
        }
    }

    private void add(SeedDriver.Outcome outcome, boolean keep) {
        SeedJudge.Judgement judgement = SeedJudge.judge(outcome);
        Fault fault = outcome.scenario().fault().orElse(null);
        Verdict verdict = outcome.report().verdict();
        millis += outcome.millis();
        if (fault == null) {
            clean.merge(verdict, 1, Integer::sum);
            if (verdict == Verdict.INCONCLUSIVE) {
                outcome.report().reasons().forEach(reason -> inconclusive.merge(reason.gate(), 1, Integer::sum));
            }
        } else {
            faulty.merge(verdict, 1, Integer::sum);
            faults.merge(fault.kind().name(), 1, Integer::sum);
            locations.merge(fault.location().name(), 1, Integer::sum);
        }
        wrongState += judgement.wrongState().isEmpty() ? 0 : 1;
        missed += judgement.missed().isEmpty() ? 0 : 1;
        falseFindings += judgement.falseFindings().isEmpty() ? 0 : 1;
        broken += judgement.wrongScenario().isEmpty() ? 0 : 1;
        String line = "seed=" + outcome.scenario().seed() + " fault=" + (fault == null ? "none" : fault) + " verdict="
                + verdict + " ms=" + outcome.millis();
        StringBuilder told = new StringBuilder(line);
        tell(told, "WRONG SCENARIO", judgement.wrongScenario());
        tell(told, "WRONG STATE", judgement.wrongState());
        tell(told, "MISSED", judgement.missed());
        tell(told, "FALSE", judgement.falseFindings());
        if (!judgement.isRight()) {
            wrong.add(told.toString());
        }
        if (fault == null && verdict != Verdict.GO) {
            tell(
                    told,
                    "because",
                    outcome.report().reasons().stream().map(Reason::text).toList());
        }
        System.out.println(told);
        if (keep) {
            everything(outcome);
        }
    }

    private static void tell(StringBuilder told, String what, List<String> items) {
        items.stream()
                .limit(MOST_TOLD)
                .forEach(item -> told.append("\n    ").append(what).append(": ").append(item));
        if (items.size() > MOST_TOLD) {
            told.append("\n    and ").append(items.size() - MOST_TOLD).append(" more");
        }
    }

    private static void everything(SeedDriver.Outcome outcome) {
        System.out.println("  phases " + outcome.phases());
        System.out.println("  order " + outcome.scenario().workload().order() + " "
                + outcome.scenario().workload().sessions());
        outcome.scenario().ddl().forEach(sql -> System.out.println("  schema " + sql));
        outcome.scenario().script().forEach(sql -> System.out.println("  migration " + sql));
        System.out.println("  truth cells " + outcome.truth().cells() + " rows "
                + outcome.truth().rows());
        System.out.println("  truth catalog - " + outcome.truth().onlyControl());
        System.out.println("  truth catalog + " + outcome.truth().onlyCandidate());
        outcome.report().reasons().forEach(reason -> System.out.println("  reason " + reason));
        outcome.report().footprint().forEach(item -> System.out.println("  footprint " + item));
        outcome.report()
                .groups()
                .forEach(group -> System.out.println(
                        "  group " + group.disposition() + " " + group.severity() + " " + SeedJudge.text(group)));
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    String text() {
        return "seeds=" + seeds + " missed=" + missed + " false=" + falseFindings + " wrong-state=" + wrongState
                + " broken=" + broken + " clean="
                + clean + " faulty=" + faulty + " ms/seed=" + (seeds == 0 ? 0 : millis / seeds) + "\nfaults=" + faults
                + "\nlocations=" + locations + "\ninconclusive=" + inconclusive;
    }
}
