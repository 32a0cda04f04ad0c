package dev.understudy.diff.tally;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.attribute.BlindBook;
import dev.understudy.diff.attribute.Identities;
import dev.understudy.diff.attribute.OddCounts;
import dev.understudy.diff.attribute.OpenClaim;
import dev.understudy.diff.attribute.RunEvidence;
import dev.understudy.diff.attribute.Timeline;
import dev.understudy.diff.attribute.Window;
import dev.understudy.diff.group.GroupBook;
import dev.understudy.diff.group.Observation;
import dev.understudy.diff.group.Occurrence;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Everything that is counted of one partition's outcomes, however many there are. It can be kept in pieces and restored
 * from them, and merged with those of other partitions: neither the order of merges nor where one process stopped and
 * another went on changes what a report says.
 *
 * <p>Mutable; belongs to one thread.
 */
public final class PartitionTally {
    /** Windows in one piece of a timeline: a Kafka record far below what brokers take. */
    private static final int MAX_WINDOWS = 5_000;

    private static final String BASELINE_TO_CANDIDATE = "baseline-candidate";
    private static final String PRODUCTION_TO_CONTROL = "production-control";

    private final Coverage coverage;
    private final GroupBook groups;
    private final BlindBook blind;
    private final ErrorTally errors;
    private final OpenClaims claims;
    private final Timeline baselineToCandidate;
    private final Timeline productionToControl;
    private final Dependants dependants;
    private long environment;
    private long segments;
    private Progress progress = Progress.NONE;

    /** An empty tally. */
    public PartitionTally() {
        this(Bounds.DEFAULT);
    }

    /** An empty tally with bounds of its own; those that are merged, or kept and restored, must have the same. */
    public PartitionTally(Bounds bounds) {
        coverage = new Coverage(bounds);
        groups = new GroupBook(bounds.groups(), bounds.transitions());
        blind = new BlindBook(bounds.blindPaths());
        errors = new ErrorTally(bounds.sqlStates());
        claims = new OpenClaims(bounds.claims());
        baselineToCandidate = new Timeline(bounds.cells());
        productionToControl = new Timeline(bounds.cells());
        dependants = new Dependants(bounds.failures());
    }

    /** How far the partition was read. */
    public Progress progress() {
        return progress;
    }

    /** Says how far the partition was read. */
    public void progress(Progress now) {
        progress = now;
    }

    /** Takes in what another partition's tally holds, which stays as it is. */
    public void add(PartitionTally other) {
        coverage.add(other.coverage);
        groups.add(other.groups);
        blind.add(other.blind);
        errors.add(other.errors);
        environment += other.environment;
        dependants.add(other.dependants);
        claims.add(other.claims, this::decide);
        baselineToCandidate.add(other.baselineToCandidate);
        productionToControl.add(other.productionToControl);
        progress = progress.plus(other.progress);
    }

    void open(OpenClaims.OfExchange open) {
        claims.add(open, this::decide);
    }

    /** What can wait no longer is what it is. */
    private void decide(OpenClaims.OfExchange open) {
        settle(open, (judged, claim) -> judged);
    }

    /** Counts what an exchange left open. */
    private void settle(OpenClaims.OfExchange open, BiFunction<Attribution, OpenClaim, Attribution> settlement) {
        boolean environmental = false;
        for (OpenClaims.Open each : open.open()) {
            Attribution settled =
                    settlement.apply(each.occurrence().observation().attribution(), each.claim());
            environmental |= settled == Attribution.ENVIRONMENT;
            count(each.occurrence().as(settled));
        }
        environment += environmental && !open.environmentCounted() ? 1 : 0;
    }

    /** Settles, once, what only the whole run can tell. */
    void settle() {
        Identities identities = new Identities();
        claims.forEach(open -> open.open().forEach(each -> identities.add(each.claim())));
        RunEvidence run = new RunEvidence(baselineToCandidate, productionToControl, identities);
        claims.forEach(open -> settle(open, (judged, claim) -> claim.settle(judged, run)));
    }

    /** Counts a difference as it was judged in the end. */
    void count(Occurrence occurrence) {
        Observation observation = occurrence.observation();
        blind.add(OddCounts.of(
                observation.fingerprint(),
                observation.path(),
                observation.origin(),
                observation.attribution(),
                observation.count()));
        groups.add(occurrence);
    }

    void environmentExchange() {
        environment++;
    }

    void ranBaselineToCandidate(Window baseline, Window candidate) {
        baselineToCandidate.add(baseline, candidate);
    }

    void ranProductionToControl(Window production, Window control) {
        productionToControl.add(production, control);
    }

    Timeline baselineToCandidate() {
        return baselineToCandidate;
    }

    Coverage coverage() {
        return coverage;
    }

    GroupBook groups() {
        return groups;
    }

    BlindBook blind() {
        return blind;
    }

    ErrorTally errors() {
        return errors;
    }

    Dependants dependants() {
        return dependants;
    }

    long environment() {
        return environment;
    }

    /** Hands over every piece that changed since it was last asked, and the names of those that are no more. */
    public void takeChanges(Consumer<TallyEntry> changes, Consumer<TallyEntry.Name> gone) {
        coverage.tables().takeChanges(changes);
        coverage.columns().takeChanges(changes);
        coverage.statements().takeChanges(changes, named(TallyEntry.StatementSums.KIND, gone));
        groups.takeChanges(
                group -> changes.accept(new TallyEntry.GroupSums(group)), named(TallyEntry.GroupSums.KIND, gone));
        blind.takeChanges(
                counts -> changes.accept(new TallyEntry.OddSums(counts)),
                path -> gone.accept(TallyEntry.OddSums.name(path.fingerprint(), path.path())));
        errors.takeChanges(changes, named(TallyEntry.ErrorSums.KIND, gone));
        claims.takeChanges(changes, named(TallyEntry.Claims.KIND, gone));
        dependants.takeChanges(changes, named(TallyEntry.Failure.KIND, gone));
        windows(BASELINE_TO_CANDIDATE, baselineToCandidate, changes);
        windows(PRODUCTION_TO_CONTROL, productionToControl, changes);
        changes.accept(sums());
    }

    private static Consumer<String> named(String kind, Consumer<TallyEntry.Name> gone) {
        return id -> gone.accept(new TallyEntry.Name(kind, id));
    }

    private void windows(String name, Timeline timeline, Consumer<TallyEntry> changes) {
        List<Timeline.Entry> entries = timeline.takeChanges();
        for (int from = 0; from < entries.size(); from += MAX_WINDOWS) {
            List<Timeline.Entry> piece = entries.subList(from, Math.min(entries.size(), from + MAX_WINDOWS));
            changes.accept(new TallyEntry.Windows(name, segments++, piece));
        }
    }

    private TallyEntry.Sums sums() {
        return new TallyEntry.Sums(
                progress,
                coverage.dispositions(),
                coverage.carryingData(),
                coverage.carryingCompared(),
                coverage.rowsAnswered(),
                environment,
                new TallyEntry.Cutoffs(
                        groups.cutoff(),
                        blind.cutoff(),
                        coverage.statements().cutoff(),
                        errors.cutoff(),
                        coverage.columns().cutoff(),
                        claims.cutoff(),
                        dependants.cutoff()),
                Map.of(
                        BASELINE_TO_CANDIDATE,
                        baselineToCandidate.level(),
                        PRODUCTION_TO_CONTROL,
                        productionToControl.level()),
                segments);
    }

    /**
     * A tally from its pieces.
     *
     * @param pieces the last of each name, in any order; none is an empty tally
     * @throws IllegalArgumentException if there are pieces without the one of which there must be one
     */
    public static PartitionTally restore(Bounds bounds, List<TallyEntry> pieces) {
        PartitionTally tally = new PartitionTally(bounds);
        if (pieces.isEmpty()) {
            return tally;
        }
        TallyEntry.Sums sums = pieces.stream()
                .filter(TallyEntry.Sums.class::isInstance)
                .map(TallyEntry.Sums.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "pieces=" + pieces.size() + ": expected one called " + TallyEntry.Sums.NAME));
        tally.restore(sums);
        pieces.forEach(tally::restorePiece);
        return tally;
    }

    private void restore(TallyEntry.Sums sums) {
        progress = sums.progress();
        environment = sums.environment();
        segments = sums.segments();
        coverage.restore(sums);
        groups.cutAt(sums.bounds().path());
        blind.cutAt(sums.bounds().blindPath());
        errors.cutAt(sums.bounds().sqlState());
        claims.cutAt(sums.bounds().claim(), this::decide);
        dependants.cutAt(sums.bounds().failure());
        baselineToCandidate.restoreLevel(sums.levels().getOrDefault(BASELINE_TO_CANDIDATE, 0));
        productionToControl.restoreLevel(sums.levels().getOrDefault(PRODUCTION_TO_CONTROL, 0));
    }

    private void restorePiece(TallyEntry piece) {
        if (piece instanceof TallyEntry.StatementSums statement) {
            coverage.statements().restore(statement);
        } else if (piece instanceof TallyEntry.TableSums table) {
            coverage.tables().restore(table);
        } else if (piece instanceof TallyEntry.ColumnSums column) {
            coverage.columns().restore(column);
        } else if (piece instanceof TallyEntry.ErrorSums error) {
            errors.restore(error);
        } else if (piece instanceof TallyEntry.GroupSums group) {
            groups.restore(group.group());
        } else if (piece instanceof TallyEntry.OddSums odd) {
            blind.restore(odd.counts());
        } else if (piece instanceof TallyEntry.Claims open) {
            claims.restore(open);
        } else if (piece instanceof TallyEntry.Failure failure) {
            dependants.restore(failure);
        } else if (piece instanceof TallyEntry.Windows windows) {
            (windows.timeline().equals(PRODUCTION_TO_CONTROL) ? productionToControl : baselineToCandidate)
                    .restore(windows.entries());
        }
    }
}
