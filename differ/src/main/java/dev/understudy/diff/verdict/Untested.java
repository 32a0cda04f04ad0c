package dev.understudy.diff.verdict;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.attribute.BlindPath;
import dev.understudy.diff.parity.Finding;
import dev.understudy.diff.parity.Footprint;
import dev.understudy.diff.parity.FootprintItem;
import dev.understudy.diff.parity.Parity;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunFacts;
import dev.understudy.trace.run.RunStart;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a report does not say anything about. */
final class Untested {
    /** Sentences of one kind; the counts of all are in the gates. */
    private static final int MAX_EACH = 20;

    private static final MathContext TWO_DIGITS = new MathContext(2);

    private final RunFacts facts;
    private final Parity parity;
    private final @Nullable Footprint footprint;
    private final List<Finding> beyond;
    private final List<BlindPath> blind;
    private final List<String> sentences = new ArrayList<>();

    Untested(
            RunFacts facts, Parity parity, @Nullable Footprint footprint, List<Finding> beyond, List<BlindPath> blind) {
        this.facts = facts;
        this.parity = parity;
        this.footprint = footprint;
        this.beyond = beyond;
        this.blind = blind;
    }

    List<String> sentences() {
        if (footprint == null) {
            sentences.add(
                    "There was no control arm: whether a difference comes from the migration or from the copy, its"
                            + " order or its clock is told by weaker evidence, and the tables were not compared as wholes.");
        } else {
            footprint(footprint);
        }
        if (!parity.stateEstablished()) {
            sentences.add("Whether both copies were equal before the migration: " + parity.state()
                    + ". If they were not, what is called the migration's may be the copy's.");
        }
        noise();
        RunStart start = facts.start();
        if (!start.order().equals("session")) {
            sentences.add("Exchanges were replayed in " + start.order() + " order"
                    + (start.speed().equals("max") ? " as fast as they went" : "")
                    + ": lock waits and contention of production were not reproduced.");
        }
        sentences.add("Notices, notifications and what a Describe alone answers were not compared.");
        sentences.add("Locks, latency and query plans, invariants, and the way back were not tested.");
        if (start.recorded() == null) {
            sentences.add(
                    "The trace has no catalog: columns could not be traced to tables, and user-defined types not told"
                            + " apart.");
        }
        RunEnd end = facts.end();
        if (end != null) {
            new TreeMap<>(end.warnings())
                    .forEach((term, text) -> sentences.add("The replay says: " + text + " (" + term + ")."));
        }
        return sentences;
    }

    private void footprint(Footprint changed) {
        limited(changed.items().stream()
                .filter(item -> !item.isExercised())
                .map(item -> "Not exercised: " + item.object() + " (" + item.type() + "): " + item.lacking() + ".")
                .toList());
        limited(changed.notCompared().entrySet().stream()
                .map(table -> "Table " + table.getKey() + " was not compared as a whole: " + table.getValue() + ".")
                .toList());
        limited(changed.items().stream()
                .filter(item -> item.type().name().equals("SCHEMA_OBJECT_EXTRA"))
                .map(FootprintItem::object)
                .map(object -> "Nothing of today's application uses " + object + ", which is new.")
                .toList());
        sentences.add("What statements read and write is told by their texts, through views, functions and triggers;"
                + " what a function builds as text when it runs is not seen.");
    }

    private void noise() {
        limited(blind.stream()
                .map(path -> "Noise hides wrong values of " + path.counts().path() + " in "
                        + path.counts().fingerprint() + " up to a share of "
                        + BigDecimal.valueOf(100 * path.smallestRate())
                                .round(TWO_DIGITS)
                                .toPlainString()
                        + " %.")
                .toList());
        limited(beyond.stream()
                .filter(finding -> finding.attribution() == Attribution.UNKNOWN)
                .map(finding -> "Contents after the replay were not decided for " + finding.path() + ": "
                        + finding.transition() + ".")
                .toList());
    }

    private void limited(List<String> lines) {
        sentences.addAll(lines.subList(0, Math.min(MAX_EACH, lines.size())));
        if (lines.size() > MAX_EACH) {
            sentences.add("And " + (lines.size() - MAX_EACH) + " more like the last one.");
        }
    }
}
