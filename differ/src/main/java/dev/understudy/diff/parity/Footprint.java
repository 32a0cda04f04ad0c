package dev.understudy.diff.parity;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.diff.group.Sample;
import dev.understudy.diff.parity.SchemaRules.Tested;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogDiff;
import dev.understudy.trace.catalog.CatalogDifference;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.TableComparison;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the migration changed: the candidate against the control before anything was sent. Pure. */
public final class Footprint {
    /** A definition is longer than a transition needs. */
    private static final int MAX_SHOWN = 120;

    private final Catalog control;
    private final Catalog candidate;
    private final FootprintTables tables;
    private final Exercise exercise;
    private final Declarations declarations;
    private final SchemaRules rules;
    private final List<FootprintItem> items = new ArrayList<>();

    private Footprint(
            Catalog control, Catalog candidate, FootprintTables tables, Exercise exercise, Declarations declarations) {
        this.control = control;
        this.candidate = candidate;
        this.tables = tables;
        this.exercise = exercise;
        this.declarations = declarations;
        this.rules = new SchemaRules(candidate, tables, exercise);
    }

    /**
     * The footprint.
     *
     * @param before whole tables before the replay, null where they were not compared
     * @param after whole tables after it, null likewise: a table is state-checked where both compared it
     * @param exercise what the trace touched
     * @param declarations what was said before
     */
    public static Footprint of(
            ArmState control,
            ArmState candidate,
            @Nullable StateComparison before,
            @Nullable StateComparison after,
            Exercise exercise,
            Declarations declarations) {
        FootprintTables tables = new FootprintTables(control, candidate, before, after);
        Footprint footprint = new Footprint(control.catalog(), candidate.catalog(), tables, exercise, declarations);
        for (CatalogDifference difference : CatalogDiff.compare(control.catalog(), candidate.catalog())) {
            if (difference.kind().isSchema()) {
                footprint.items.add(footprint.schema(difference));
            }
        }
        if (before != null) {
            before.tables().forEach(footprint::state);
        }
        footprint.items.sort(Comparator.comparing(FootprintItem::object).thenComparing(FootprintItem::type));
        return footprint;
    }

    /** What changed, by object. */
    public List<FootprintItem> items() {
        return Collections.unmodifiableList(items);
    }

    /** The tables behind what changed, with what they are partitions of, schema.name. */
    public Set<String> tables() {
        Set<String> names = new TreeSet<>();
        items.forEach(item -> item.tables().forEach(table -> names.addAll(tables.lineage(table))));
        return names;
    }

    /** Those of {@code touched} and of the footprint's tables that were not compared as wholes, each with why. */
    public Map<String, String> notCompared(Collection<String> touched) {
        Set<String> names = new TreeSet<>(touched);
        items.forEach(item -> names.addAll(item.tables()));
        return notCompared(names.stream());
    }

    /** Every table that was not compared as a whole, with why. */
    public Map<String, String> notCompared() {
        return notCompared(tables.common().stream());
    }

    private Map<String, String> notCompared(Stream<String> names) {
        Map<String, String> reasons = new TreeMap<>();
        names.forEach(table -> {
            String why = tables.notCompared(table);
            if (!why.isEmpty()) {
                reasons.put(table, why);
            }
        });
        return reasons;
    }

    private FootprintItem schema(CatalogDifference difference) {
        DifferenceClass type = DifferenceClass.valueOf(difference.kind().schemaClass());
        List<String> columns = columns(difference);
        List<String> behind = behind(difference, columns);
        Severity severity = rules.severity(difference, behind);
        String change = shown(difference.baseline()) + " → " + shown(difference.candidate());
        Exercised exercised = exercised(rules.tested(difference), difference.object(), behind, columns);
        return new FootprintItem(
                difference.object(),
                type,
                severity,
                change,
                declarations.declares(difference.object(), type),
                isChecked(behind),
                exercised.counts,
                exercised.lacking,
                behind,
                List.of(new Finding(
                        type,
                        severity,
                        difference.object(),
                        change,
                        Attribution.MIGRATION,
                        difference.object(),
                        1,
                        0,
                        List.of())));
    }

    private static String shown(@Nullable String side) {
        if (side == null) {
            return "none";
        }
        String line = side.replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN - 1) + "…";
    }

    /** The columns that a change is about, schema.table.column; none where it is about whole tables. */
    private List<String> columns(CatalogDifference difference) {
        return switch (difference.kind()) {
            case TYPE ->
                tables.ofPart(difference.object()).isEmpty()
                        ? tables.ofType(difference.object())
                        : List.of(difference.object());
            case DEFAULT, NULLABILITY -> List.of(difference.object());
            default -> List.of();
        };
    }

    /** The tables behind a change. */
    private List<String> behind(CatalogDifference difference, List<String> columns) {
        String object = difference.object();
        TreeSet<String> behind = new TreeSet<>();
        columns.forEach(column -> behind.add(tables.ofPart(column)));
        switch (difference.kind()) {
            case INDEX, INDEX_INVALID -> behind.add(FootprintTables.ofIndex(object, control, candidate));
            case SEQUENCE_BEHIND, SEQUENCE_TYPE ->
                tables.ofSequence(object).forEach(column -> behind.add(tables.ofPart(column)));
            default -> {
                behind.add(tables.ofPart(object));
                if (tables.isSchema(object)) {
                    behind.addAll(tables.ofSchema(object));
                }
                tables.ofSequence(object).forEach(column -> behind.add(tables.ofPart(column)));
                // A domain's constraint bears the domain's name in front.
                int dot = object.lastIndexOf('.');
                tables.ofType(dot < 0 ? object : object.substring(0, dot))
                        .forEach(column -> behind.add(tables.ofPart(column)));
            }
        }
        behind.remove("");
        return List.copyOf(behind);
    }

    private boolean isChecked(List<String> behind) {
        return tables.isKnown()
                && behind.stream().allMatch(table -> tables.notCompared(table).isEmpty());
    }

    /** How often what a change is about was touched, and why that is not enough. */
    private record Exercised(Exercise.Counts counts, String lacking) {}

    private Exercised exercised(Tested tested, String object, List<String> behind, List<String> columns) {
        return switch (tested) {
            case BY_NOTHING -> new Exercised(whole(behind), "");
            case BY_TABLE -> {
                Exercise.Counts counts = whole(behind);
                String what = behind.isEmpty() ? object : String.join(", ", behind);
                yield new Exercised(
                        counts,
                        counts.isTouched() ? unwritten(counts, what) : "no compared statement reads or writes " + what);
            }
            case BY_READING_COLUMN -> reading(columns, object);
            case BY_TOUCHING_COLUMN -> {
                Exercise.Counts counts = columns(columns);
                yield new Exercised(
                        counts,
                        counts.isTouched()
                                ? unwritten(counts, object)
                                : "no compared statement reads or writes " + object);
            }
            case BY_CALL -> {
                Exercise.Counts counts = exercise.function(object);
                yield new Exercised(counts, counts.read() > 0 ? "" : "no compared statement calls " + object);
            }
        };
    }

    private Exercised reading(List<String> columns, String object) {
        Exercise.Counts counts = columns(columns);
        return new Exercised(
                counts, counts.read() > 0 ? unwritten(counts, object) : "no compared statement reads " + object);
    }

    private static String unwritten(Exercise.Counts counts, String what) {
        return counts.lacksWrite() ? "the trace writes " + what + ", and no such statement was compared" : "";
    }

    private Exercise.Counts whole(List<String> behind) {
        TreeSet<String> names = new TreeSet<>();
        behind.forEach(table -> names.addAll(tables.lineage(table)));
        return exercise.relations(List.copyOf(names));
    }

    private Exercise.Counts columns(List<String> columns) {
        Exercise.Counts counts = Exercise.Counts.NONE;
        for (String column : columns) {
            String table = tables.ofPart(column);
            String name = column.substring(table.length());
            for (String part : tables.lineage(table)) {
                counts = counts.and(exercise.column(part + name));
            }
        }
        return counts;
    }

    // Whole tables

    private void state(TableComparison table) {
        if (table.baseline().isEmpty() || table.candidate().isEmpty()) {
            return; // the schema's difference says it
        }
        StateFindings.rows(table, 0, 0, 0).forEach(finding -> items.add(rows(table, finding)));
        StateFindings.byColumn(table).forEach((column, cells) -> {
            List<Finding> findings = cells.stream()
                    .map(cell -> StateFindings.cell(table, cell, cell.count()))
                    .toList();
            items.add(cells(table, column, findings));
        });
    }

    private FootprintItem rows(TableComparison table, Finding finding) {
        Exercised exercised = exercised(Tested.BY_TABLE, table.baseline(), List.of(table.baseline()), List.of());
        return new FootprintItem(
                finding.path(),
                finding.type(),
                finding.severity(),
                finding.transition(),
                declarations.declares(finding.path(), finding.type()),
                isChecked(List.of(table.baseline())),
                exercised.counts,
                exercised.lacking,
                List.of(table.baseline()),
                List.of(finding));
    }

    private FootprintItem cells(TableComparison table, String column, List<Finding> findings) {
        String object = table.baseline() + "." + column;
        Exercised exercised = reading(List.of(object), object);
        long count = findings.stream().mapToLong(Finding::count).sum();
        Severity severity = findings.stream()
                .map(Finding::severity)
                .min(Comparator.naturalOrder())
                .orElse(Severity.BLOCKER);
        return new FootprintItem(
                object,
                DifferenceClass.STATE_CELL,
                severity,
                count
                        + (count == 1 ? " cell: " : " cells: ")
                        + findings.get(0).transition()
                        + (findings.size() == 1 ? "" : " and " + (findings.size() - 1) + " more changes"),
                declarations.declares(object, DifferenceClass.STATE_CELL),
                tables.isColumnCompared(table.baseline(), column),
                exercised.counts,
                exercised.lacking,
                List.of(table.baseline()),
                findings);
    }

    /** Samples of cells, for groups. */
    static List<Sample> samples(TableComparison.CellDifference cell) {
        return cell.samples().stream()
                .map(sample -> new Sample("", sample.key(), sample.before(), sample.after()))
                .toList();
    }
}
