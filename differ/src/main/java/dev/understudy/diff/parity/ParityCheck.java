package dev.understudy.diff.parity;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.TableState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether the arms had, before anything was sent, what the trace needs. */
public final class ParityCheck {
    private static final int MAX_NAMED = 5;

    private final @Nullable Catalog recorded;
    private final @Nullable ArmState control;
    private final ArmState candidate;
    private final TouchedObjects touched;
    private final List<ParityItem> items = new ArrayList<>();

    private ParityCheck(
            @Nullable Catalog recorded, @Nullable ArmState control, ArmState candidate, TouchedObjects touched) {
        this.recorded = recorded;
        this.control = control;
        this.candidate = candidate;
        this.touched = touched;
    }

    /**
     * Checks parity.
     *
     * @param recorded the captured database's catalog, null if the trace has none
     * @param control the control arm at the start, null if there is none
     * @param candidate the candidate arm at the start
     */
    public static Parity check(
            @Nullable Catalog recorded, @Nullable ArmState control, ArmState candidate, TouchedObjects touched) {
        return new ParityCheck(recorded, control, candidate, touched).parity();
    }

    private Parity parity() {
        Catalog baseline = control == null ? recorded : control.catalog();
        if (baseline == null) {
            items.add(new ParityItem("catalog", "production", "not in the trace", "known", true));
        } else {
            needed(baseline, candidate.catalog(), "candidate");
            items.addAll(CatalogParity.compare(baseline, candidate.catalog(), control == null));
        }
        if (control != null && recorded != null) {
            needed(recorded, control.catalog(), "control");
            CatalogParity.compare(recorded, control.catalog(), true).stream()
                    .map(item -> new ParityItem(
                            item.kind(),
                            item.object() + " (production, control)",
                            item.baseline(),
                            item.candidate(),
                            item.failure()))
                    .forEach(items::add);
        }
        empty();
        boolean established = false;
        String state = "not established: no control arm";
        if (control != null) {
            List<String> different = differentTables(control);
            established = different.isEmpty();
            state = established
                    ? "equal: every table of control and candidate had the same rows before the run"
                    : "not established: candidate differs before the run in " + list(different);
        }
        items.sort(Comparator.comparing(ParityItem::failure).reversed());
        return new Parity(
                control == null ? "production's answers" : "control " + control.address(),
                candidate.address(),
                state,
                established,
                items);
    }

    /** What the trace touched must be there, under its name, whatever it is made of now. */
    private void needed(Catalog baseline, Catalog arm, String armName) {
        Map<String, Catalog.Relation> there = new HashMap<>();
        arm.relations().forEach(relation -> there.put(relation.qualifiedName(), relation));
        for (String table : new TreeSet<>(touched.tables())) {
            boolean known = baseline.relations().stream()
                    .anyMatch(each -> each.qualifiedName().equals(table));
            if (known && !there.containsKey(table)) {
                items.add(new ParityItem("relation", table, "present", ParityItem.ABSENT + " on the " + armName, true));
            }
        }
        if (recorded == null) {
            return;
        }
        for (Catalog.Relation relation : recorded.relations()) {
            Catalog.Relation other = there.get(relation.qualifiedName());
            if (other == null) {
                continue;
            }
            for (Catalog.Attribute attribute : relation.attributes()) {
                boolean gone = other.attributes().stream()
                        .noneMatch(each -> each.name().equals(attribute.name()));
                if (gone && touched.isRead(relation.oid(), attribute.number())) {
                    String column = relation.qualifiedName() + "." + attribute.name();
                    items.add(new ParityItem("column", column, "read", ParityItem.ABSENT + " on the " + armName, true));
                }
            }
        }
    }

    /** A copy without rows answers nothing, and proves nothing. */
    private void empty() {
        long rows = candidate.tables().stream().mapToLong(TableState::rows).sum();
        boolean hasTables = candidate.catalog().relations().stream().anyMatch(relation -> relation.kind() == 'r');
        if (candidate.tables().isEmpty() && hasTables) {
            items.add(new ParityItem("rows", "candidate", "known", "not read", true));
        } else if (rows == 0 && touched.rowsAnswered() > 0) {
            items.add(new ParityItem(
                    "rows", "candidate", touched.rowsAnswered() + " in production's answers", "none at all", true));
        }
        if (control == null) {
            return;
        }
        Map<String, TableState> states = byName(candidate);
        for (TableState table : control.tables()) {
            TableState other = states.get(table.table());
            if (other != null
                    && other.rows() == 0
                    && table.rows() > 0
                    && touched.tables().contains(table.table())) {
                items.add(new ParityItem("rows", table.table(), Long.toString(table.rows()), "none", true));
            }
        }
    }

    private List<String> differentTables(ArmState controlArm) {
        Map<String, TableState> states = byName(candidate);
        List<String> different = new ArrayList<>();
        for (TableState table : controlArm.tables()) {
            TableState other = states.remove(table.table());
            boolean hashable =
                    !table.hash().isEmpty() && other != null && !other.hash().isEmpty();
            if (other == null || other.rows() != table.rows()) {
                different.add(table.table());
            } else if (!hashable) {
                different.add(table.table() + " (no hash)");
            } else if (!table.hash().equals(other.hash())) {
                different.add(table.table());
            }
        }
        different.addAll(states.keySet());
        return different;
    }

    static Map<String, TableState> byName(ArmState arm) {
        Map<String, TableState> states = new HashMap<>();
        arm.tables().forEach(table -> states.put(table.table(), table));
        return states;
    }

    private static String list(List<String> names) {
        List<String> sorted = names.stream().sorted().toList();
        String shown = String.join(", ", sorted.subList(0, Math.min(MAX_NAMED, sorted.size())));
        return sorted.size() > MAX_NAMED ? shown + " and " + (sorted.size() - MAX_NAMED) + " more" : shown;
    }
}
