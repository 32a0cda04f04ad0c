package dev.understudy.diff.kit;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.group.Observation;
import dev.understudy.diff.group.Sample;
import java.util.List;

/** Builds observations, and groups of them: another number in the column v of the statement q_1, if nothing else is said. */
public final class Observations {
    private String fingerprint = "q_1";
    private DifferenceClass type = DifferenceClass.VALUE_NUMERIC;
    private Severity severity = DifferenceClass.VALUE_NUMERIC.severity();
    private String path = "v";
    private String transition = "+1";
    private Attribution attribution = Attribution.MIGRATION;
    private String origin = "";
    private String sql = "select v";
    private long count = 1;

    private Observations() {}

    /** One. */
    public static Observations observed() {
        return new Observations();
    }

    /** The statement, by its fingerprint. */
    public Observations in(String statement) {
        fingerprint = statement;
        return this;
    }

    /** The statement's text. */
    public Observations sql(String text) {
        sql = text;
        return this;
    }

    /** The class, with its severity. */
    public Observations type(DifferenceClass called) {
        type = called;
        severity = called.severity();
        return this;
    }

    /** Another severity than the class's. */
    public Observations severity(Severity bad) {
        severity = bad;
        return this;
    }

    /** The column or object. */
    public Observations at(String column) {
        path = column;
        return this;
    }

    /** What changed. */
    public Observations changed(String how) {
        transition = how;
        return this;
    }

    /** Whose fault it is. */
    public Observations by(Attribution blamed) {
        attribution = blamed;
        return this;
    }

    /** What it comes from. */
    public Observations from(String source) {
        origin = source;
        return this;
    }

    /** How many it stands for. */
    public Observations times(long number) {
        count = number;
        return this;
    }

    /** The observation. */
    public Observation build() {
        return new Observation(fingerprint, sql, type, severity, path, transition, attribution, origin, count);
    }

    /** A group of as many, without dependants, among so many comparisons. */
    public DifferenceGroup group(
            String id, String cluster, GroupDisposition disposition, long compared, Sample... samples) {
        return new DifferenceGroup(
                id,
                type,
                path,
                fingerprint,
                sql,
                attribution,
                disposition,
                severity,
                count,
                compared,
                transition,
                List.of(samples),
                cluster,
                origin,
                0);
    }
}
