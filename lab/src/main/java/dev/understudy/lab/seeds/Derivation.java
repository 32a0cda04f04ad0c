package dev.understudy.lab.seeds;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What else a fault makes wrong: what the workload computes from it, and what the views over it show. */
public final class Derivation {
    private final Scenario scenario;
    private final Fault fault;
    private final Set<String> wrong = new HashSet<>();
    private final Set<Unit> upset = new HashSet<>();

    private Derivation(Scenario scenario, Fault fault) {
        this.scenario = scenario;
        this.fault = fault;
        this.wrong.addAll(fault.refs());
    }

    /** All that follows from a scenario's fault. */
    public static Derivation of(Scenario scenario, Fault fault) {
        Derivation derivation = new Derivation(scenario, fault);
        int before;
        do {
            before = derivation.wrong.size() + derivation.upset.size();
            derivation.computed();
            derivation.views();
            scenario.workload().units().forEach(derivation::unit);
        } while (derivation.wrong.size() + derivation.upset.size() > before);
        return derivation;
    }

    private void computed() {
        for (Table table : scenario.schema().tables()) {
            if (table.computed() && isWrong(table.ref(table.name() + "_amount"))) {
                wrong.add(table.ref(table.twice()));
            }
        }
    }

    private void views() {
        for (View view : scenario.schema().views()) {
            if (isAnyWrong(view.decides())) {
                wrong.add(view.name() + ".*");
            }
            view.columns().forEach((column, from) -> {
                if (isAnyWrong(from)) {
                    wrong.add(view.name() + "." + column);
                }
            });
        }
    }

    private void unit(Unit unit) {
        for (Call call : unit.calls()) {
            boolean decided = isAnyWrong(call.facts().decides());
            call.facts().written().forEach((ref, from) -> {
                if (decided || isAnyWrong(from)) {
                    wrong.add(ref);
                }
            });
            if (fault.kind().changesErrors() && mayFailOtherwise(call)) {
                upset.add(unit);
            }
        }
        if (upset.contains(unit)) {
            unit.calls().forEach(call -> wrong.addAll(call.facts().written().keySet()));
        }
    }

    private boolean mayFailOtherwise(Call call) {
        List<String> touched = new ArrayList<>(call.facts().decides());
        touched.addAll(call.facts().written().keySet());
        call.facts().output().values().forEach(touched::addAll);
        return touched.stream().anyMatch(ref -> tableOf(ref).equals(fault.object()))
                || scenario.schema().views().stream()
                        .anyMatch(view -> view.table().name().equals(fault.object())
                                && touched.stream().anyMatch(ref -> tableOf(ref).equals(view.name())));
    }

    private static String tableOf(String ref) {
        return ref.substring(0, ref.indexOf('.'));
    }

    /** Whether {@code table.column}, or {@code table.*}, may be wrong. */
    public boolean isWrong(String ref) {
        return wrong.contains(ref) || wrong.contains(tableOf(ref) + ".*");
    }

    /** Whether any column or row of a table or view may be wrong. */
    public boolean isTableWrong(String table) {
        return wrong.stream().anyMatch(ref -> tableOf(ref).equals(table));
    }

    private boolean isAnyWrong(Set<String> refs) {
        return refs.stream().anyMatch(this::isWrong);
    }

    /**
     * Whether a call's answer may differ in a column of its result.
     *
     * @param path a finding's path: a column's name first, or none
     */
    public boolean mayDiffer(Unit unit, Call call, String path) {
        if (upset.contains(unit) || isAnyWrong(call.facts().decides())) {
            return true;
        }
        boolean known = false;
        for (var output : call.facts().output().entrySet()) {
            if (isOf(path, output.getKey())) {
                known = true;
                if (isAnyWrong(output.getValue())) {
                    return true;
                }
            }
        }
        boolean anyOutput = call.facts().output().values().stream().anyMatch(this::isAnyWrong);
        boolean anyWritten = call.facts().written().keySet().stream().anyMatch(this::isWrong);
        return !known && (anyOutput || anyWritten);
    }

    private static boolean isOf(String path, String column) {
        return path.equals(column)
                || path.startsWith(column)
                        && !Character.isLetterOrDigit(path.charAt(column.length()))
                        && path.charAt(column.length()) != '_'
                || path.endsWith("." + column);
    }
}
