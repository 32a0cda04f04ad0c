package dev.understudy.diff.parity;

import dev.understudy.diff.attribute.ClockClaim;
import dev.understudy.diff.attribute.Timeline;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.diff.statement.ServerFunctions;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.TableComparison.MomentPair;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What else than the migration wrote to tables, by what the run's statements are and when they ran. */
public final class RunCauses implements StateFindings.Causes {
    private final Timeline timeline;
    private final Exercise exercise;
    private final Map<String, Catalog.Relation> relations = new HashMap<>();

    /**
     * The causes of one run.
     *
     * @param catalog the control's
     * @param timeline when each exchange ran on the control and on the candidate
     */
    public RunCauses(Catalog catalog, Timeline timeline, Exercise exercise) {
        this.timeline = timeline;
        this.exercise = exercise;
        catalog.relations().forEach(relation -> relations.put(relation.qualifiedName(), relation));
    }

    @Override
    public boolean isClock(MomentPair times) {
        return new ClockClaim(times.baseline(), times.candidate(), times.zoned()).fits(timeline);
    }

    @Override
    public boolean isVolatile(String column) {
        int dot = column.lastIndexOf('.');
        Catalog.Relation relation = relations.get(column.substring(0, dot));
        return relation != null
                && counts(relation).writtenInTrace() > 0
                && relation.attributes().stream()
                        .filter(attribute -> attribute.name().equals(column.substring(dot + 1)))
                        .anyMatch(attribute -> isByDefault(attribute, ServerFunctions::asksVolatile));
    }

    private static boolean isByDefault(Catalog.Attribute attribute, Predicate<String> asks) {
        String value = attribute.defaultValue();
        return value != null && asks.test(value);
    }

    /** What touched it, or what it is a partition of. */
    private Exercise.Counts counts(Catalog.Relation relation) {
        Exercise.Counts counts = exercise.relation(relation.qualifiedName());
        for (String parent : relation.parents()) {
            counts = counts.and(exercise.relation(parent));
        }
        return counts;
    }

    @Override
    public String undecided(String table, @Nullable String column) {
        Catalog.Relation relation = relations.get(table);
        Exercise.Counts counts = relation == null ? exercise.relation(table) : counts(relation);
        if (counts.raced() > 0 && counts.writtenInTrace() > 0) {
            return "raced";
        }
        if (counts.undone() > 0) {
            return "statements that write it were not compared";
        }
        return column != null && exercise.isNoisy(table + "." + column)
                ? "written by statements that ask a clock or chance"
                : "";
    }

    @Override
    public boolean isNoisy(String table) {
        return exercise.isNoisy(table);
    }

    @Override
    public boolean isMadeUp(String table) {
        Catalog.Relation relation = relations.get(table);
        return relation != null
                && counts(relation).writtenInTrace() > 0
                && relation.attributes().stream()
                        .anyMatch(attribute -> isByDefault(attribute, ServerFunctions::asksVolatile)
                                || isByDefault(attribute, ServerFunctions::asksClock));
    }
}
