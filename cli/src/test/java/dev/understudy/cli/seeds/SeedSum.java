package dev.understudy.cli.seeds;

import dev.understudy.expect.gate.Reason;
import dev.understudy.lab.seeds.Fault;
import java.util.ArrayList;
import java.util.List;

/** What came of many seeds: a line for each on standard output with what is not ideal below it, and the sum. */
final class SeedSum {
    private static final int MOST_TOLD = 6;

    private final List<String> wrong = new ArrayList<>();
    private final SeedTable table = new SeedTable();

    void add(SeedDriver driver, long seed, boolean keep) {
        long began = System.nanoTime();
        try {
            add(driver.run(seed, keep), keep);
        } catch (Exception e) {
            SeedLine line = SeedLine.broken(seed, (System.nanoTime() - began) / 1_000_000);
            table.add(line);
            String told = line.text("") + "\n    BROKEN: " + e;
            wrong.add(told);
            System.out.println(told);
            if (keep) {
                e.printStackTrace(System.out);
            }
        }
    }

    private void add(SeedDriver.Outcome outcome, boolean keep) {
        SeedJudge.Judgement judgement = SeedJudge.judge(outcome);
        SeedLine line = SeedLine.of(outcome, judgement);
        table.add(line);
        Fault fault = outcome.scenario().fault().orElse(null);
        StringBuilder told = new StringBuilder(line.text(fault == null ? "" : fault.object() + "." + fault.column()));
        tell(told, "WRONG SCENARIO", judgement.wrongScenario());
        tell(told, "WRONG STATE", judgement.wrongState());
        tell(told, "MISSED", judgement.missed());
        tell(told, "FALSE", judgement.falseFindings());
        if (line.rating() != SeedLine.Rating.IDEAL) {
            tell(
                    told,
                    "because",
                    outcome.report().reasons().stream().map(Reason::text).toList());
        }
        if (!line.rating().isRight()) {
            wrong.add(told.toString());
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

    /** The seeds that were missed, got a false finding or broke, with what is wrong. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    String text() {
        return table.text();
    }
}
