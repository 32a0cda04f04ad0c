package dev.understudy.replay.taint;

import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.pgwire.sql.StatementKind;
import dev.understudy.replay.access.AccessResolver;
import dev.understudy.replay.access.Accesses;
import dev.understudy.replay.access.Action;
import dev.understudy.replay.access.AnswerColumns;
import dev.understudy.replay.access.Region;
import dev.understudy.replay.access.Relations;
import dev.understudy.replay.access.Write;
import dev.understudy.replay.taint.OpenTransaction.Written;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.TaintReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which exchanges say nothing any more because an earlier one did otherwise on one arm than on the other.
 *
 * <p>The arms are apart where something fails on one of them and not on the other: then the rest of its transaction is
 * tainted, and so are, from its end on, the rows that it would have written. A write that raced leaves rows of which
 * nobody knows who wrote them last: those are tainted until an unraced write leaves nothing of them. Where both arms fail
 * and production did not, the arms still are alike, and their rows can be compared with each other.
 *
 * <p>Fed the exchanges of all sessions in the order in which they ended. Belongs to one thread.
 */
public final class TaintTracker {
    private static final Set<String> UNIQUENESS = Set.of("23505", "23P01");
    private static final Set<String> FOREIGN_KEYS = Set.of("23503", "23001");
    /** Errors of this class come after the row's values, those from sequences included, are known. */
    private static final String INTEGRITY = "23";

    private final AccessResolver resolver;
    private final @Nullable AnswerColumns recordedColumns;
    private final AnswerColumns baselineColumns;
    private final AnswerColumns candidateColumns;
    private final TaintBook book = new TaintBook();
    private final Map<Long, OpenTransaction> transactions = new HashMap<>();
    private final Map<Long, Root> settings = new HashMap<>();

    /**
     * A tracker that knows of nothing yet.
     *
     * @param recordedColumns for answers of production, null where its catalog is not known
     * @param baselineColumns for answers of the control arm; without one, of production
     * @param candidateColumns for answers of the candidate
     */
    public TaintTracker(
            AccessResolver resolver,
            @Nullable AnswerColumns recordedColumns,
            AnswerColumns baselineColumns,
            AnswerColumns candidateColumns) {
        this.resolver = resolver;
        this.recordedColumns = recordedColumns;
        this.baselineColumns = baselineColumns;
        this.candidateColumns = candidateColumns;
    }

    /**
     * A tracker for a run.
     *
     * @param arms the arms as they are before it
     * @param captured the captured database's catalog, null if it is not known
     */
    public static TaintTracker of(List<ArmState> arms, @Nullable Catalog captured) {
        Catalog control = catalog(arms, Arm.CONTROL);
        Catalog candidate = catalog(arms, Arm.CANDIDATE);
        Catalog baseline = control == null ? captured : control;
        List<Catalog> catalogs =
                Stream.of(baseline, candidate).filter(Objects::nonNull).toList();
        Relations relations = Relations.of(catalogs);
        return new TaintTracker(
                new AccessResolver(relations),
                captured == null ? null : new AnswerColumns(relations, captured),
                new AnswerColumns(relations, baseline),
                new AnswerColumns(relations, candidate));
    }

    private static @Nullable Catalog catalog(List<ArmState> arms, Arm arm) {
        for (ArmState state : arms) {
            if (state.arm() == arm) {
                return state.catalog();
            }
        }
        return null;
    }

    /** Nothing more comes of this session. */
    public void end(long session) {
        transactions.remove(session);
        settings.remove(session);
    }

    /** Takes an exchange in; why it says nothing, null if what it says is its own. */
    public @Nullable TaintReason advance(Ran ran) {
        long session = ran.id().session();
        OpenTransaction transaction = transactions.get(session);
        boolean even = ran.isEven();
        boolean autocommit = transaction == null && ran.after() == TransactionStatus.IDLE;
        if (autocommit && even && !ran.raced() && book.isEmpty() && !settings.containsKey(session)) {
            return lacking(ran);
        }
        transaction = transaction == null ? new OpenTransaction() : transaction;
        List<Accesses> accesses = accesses(ran);
        TaintReason reason = reason(ran, transaction, accesses);
        Root root = reason == null ? new Root(ran.id(), false) : new Root(reason.root(), isRaced(reason));
        boolean apart = !even || !ran.isEvenEverywhere() && ran.after() != TransactionStatus.IDLE;
        for (int i = 0; i < accesses.size(); i++) {
            step(ran, i, accesses.get(i), transaction, reason == null ? null : root);
        }
        if (apart) {
            transaction.breakAt(Root.failed(root.exchange()));
            settings(ran, root);
        }
        end(ran, transaction, root);
        return reason;
    }

    private static boolean isRaced(TaintReason reason) {
        return reason.equals(new Root(reason.root(), true).rows());
    }

    /** What each step touches; where it succeeded nowhere, what it would have touched. */
    private List<Accesses> accesses(Ran ran) {
        List<Accesses> accesses = new ArrayList<>(ran.steps());
        for (int i = 0; i < ran.steps(); i++) {
            Step step = told(ran, i);
            accesses.add(step == null ? Accesses.NONE : resolver.of(step.sql(), step.parameters()));
        }
        return accesses;
    }

    private static @Nullable Step told(Ran ran, int index) {
        Step any = null;
        for (Side side : List.of(ran.recorded(), ran.baseline(), ran.candidate())) {
            if (side.succeeded(index)) {
                return side.step(index);
            }
            any = any == null ? side.step(index) : any;
        }
        return any;
    }

    private @Nullable TaintReason reason(Ran ran, OpenTransaction transaction, List<Accesses> accesses) {
        if (transaction.broken() != null) {
            return transaction.broken().inTransaction();
        }
        if (ran.missing() != null) {
            return lacking(ran);
        }
        Root setting = settings.get(ran.id().session());
        if (setting != null) {
            return setting.session();
        }
        for (int i = 0; i < accesses.size(); i++) {
            Root root = touched(ran, i, accesses.get(i), transaction);
            if (root != null) {
                return root.rows();
            }
        }
        return lacking(ran);
    }

    /** Whether it uses what an arm has not got: a statement, or a value that was to be generated there. */
    private static @Nullable TaintReason lacking(Ran ran) {
        if (ran.missing() != null) {
            return Root.failed(ran.missing()).notPrepared();
        }
        return ran.valueless() == null ? null : Root.failed(ran.valueless()).noValue();
    }

    /** The root of what a step depends on. */
    private @Nullable Root touched(Ran ran, int step, Accesses accesses, OpenTransaction transaction) {
        Root root = accesses.readsAnything() ? book.any() : null;
        for (Region region : accesses.reads()) {
            root = root == null ? in(region, transaction) : root;
        }
        if (failedBy(ran, step, FOREIGN_KEYS)) {
            for (Region region : accesses.checks()) {
                root = root == null ? in(region, transaction) : root;
            }
        }
        boolean conflict = failedBy(ran, step, UNIQUENESS);
        for (Write write : accesses.writes()) {
            root = root == null && conflict ? in(Region.whole(write.region().table()), transaction) : root;
            root = root == null ? book.shifts(write) : root;
        }
        return root;
    }

    private @Nullable Root in(Region region, OpenTransaction transaction) {
        Root root = book.in(region);
        return root == null ? transaction.in(region) : root;
    }

    private static boolean failedBy(Ran ran, int index, Set<String> states) {
        for (Side side : List.of(ran.recorded(), ran.baseline(), ran.candidate())) {
            Step step = side.step(index);
            if (step != null
                    && step.error() != null
                    && states.contains(step.error().sqlState())) {
                return true;
            }
        }
        return false;
    }

    /** Notes what a step wrote; {@code root} is that of what it depends on. */
    private void step(Ran ran, int index, Accesses accesses, OpenTransaction transaction, @Nullable Root root) {
        savepoints(ran, index, transaction);
        boolean inside = ran.mayHaveCommittedInside(index);
        if (!ran.mayHaveSucceeded(index) && !inside) {
            return;
        }
        boolean even =
                inside || ran.baseline().succeeded(index) && ran.candidate().succeeded(index);
        Root own = ran.raced() ? new Root(ran.id(), true) : null;
        // a write that goes row by row carries nothing from a tainted row to another
        Root carried = root != null && !accesses.rowByRow() ? root : own;
        Root rows = even ? carried : new Root(root == null ? ran.id() : root.exchange(), false);
        for (Write write : accesses.writes()) {
            book.moved(write);
            Root reason = rows == null ? book.shifts(write) : rows;
            for (Write told : told(ran, index, write)) {
                transaction.add(new Written(told, reason, even && !ran.raced(), false));
            }
            if (!even && write.generated() && drewOnOneSide(ran, index)) {
                book.shift(write.region().table(), new Root(root == null ? ran.id() : root.exchange(), false));
            }
        }
        if (accesses.writesAnything()) {
            transaction.add(new Written(
                    new Write(Region.whole(""), Action.ANY, null, false, false), rows, even && !ran.raced(), true));
        }
    }

    /** The rows of a write as the answers tell them, each arm's. */
    private List<Write> told(Ran ran, int index, Write write) {
        Set<Write> rows = new LinkedHashSet<>();
        Step recorded = ran.recorded().step(index);
        // statements name rows as production generated them, and answers as each arm did
        if (recordedColumns != null && recorded != null && ran.recorded().succeeded(index)) {
            rows.addAll(recordedColumns.told(write, recorded));
        }
        Step baseline = ran.baseline().step(index);
        Step candidate = ran.candidate().step(index);
        if (baseline != null && ran.baseline().succeeded(index)) {
            rows.addAll(baselineColumns.told(write, baseline));
        }
        if (candidate != null && ran.candidate().succeeded(index)) {
            rows.addAll(candidateColumns.told(write, candidate));
        }
        return rows.isEmpty() ? List.of(write) : List.copyOf(rows);
    }

    private static boolean drewOnOneSide(Ran ran, int index) {
        for (Side side : List.of(ran.baseline(), ran.candidate())) {
            Step step = side.step(index);
            if (step != null && step.error() != null && step.error().sqlState().startsWith(INTEGRITY)) {
                return false;
            }
        }
        return true;
    }

    private static void savepoints(Ran ran, int index, OpenTransaction transaction) {
        Step step = ran.recorded().step(index);
        String tag = step == null ? null : step.tag();
        if (step == null || tag == null || !ran.succeededEverywhere(index)) {
            return;
        }
        if (tag.equals("SAVEPOINT")) {
            transaction.savepoint(SavepointName.of(step.sql()));
        } else if (tag.equals("RELEASE")) {
            transaction.release(SavepointName.of(step.sql()));
        } else if (tag.equals("ROLLBACK") && StatementKind.of(step.sql()) == StatementKind.ROLLBACK_TO_SAVEPOINT) {
            transaction.rollBackTo(SavepointName.of(step.sql()));
        }
    }

    /** A session that was lost on one arm, or that failed to set something there, is another one from here on. */
    private void settings(Ran ran, Root root) {
        if (ran.baseline().lost() != ran.candidate().lost()) {
            settings.putIfAbsent(ran.id().session(), Root.failed(root.exchange()));
        }
        for (int i = 0; i < ran.steps(); i++) {
            Step step = told(ran, i);
            boolean uneven = ran.baseline().failed(i) != ran.candidate().failed(i);
            if (step != null && uneven && SessionSetting.is(step.sql())) {
                settings.putIfAbsent(ran.id().session(), Root.failed(root.exchange()));
            }
        }
    }

    /** If the transaction is over: what becomes of what it wrote. */
    private void end(Ran ran, OpenTransaction transaction, Root root) {
        long session = ran.id().session();
        if (ran.after() != TransactionStatus.IDLE) {
            transactions.put(session, transaction);
            return;
        }
        boolean half = ran.isHalfCommitted();
        Root broken = transaction.broken() == null ? Root.failed(root.exchange()) : transaction.broken();
        for (Written written : transaction.writes()) {
            if (half) {
                taint(written, written.root() == null || written.root().raced() ? broken : written.root());
            } else if (ran.baseline().committed() || ran.mayHaveCommittedInside()) {
                settle(written);
            }
        }
        if (ran.baseline().isIdle() && ran.candidate().isIdle()) {
            transactions.remove(session);
        } else {
            OpenTransaction stuck = new OpenTransaction();
            stuck.breakAt(broken);
            transactions.put(session, stuck);
        }
    }

    /** A write that is permanent on both arms. */
    private void settle(Written written) {
        if (written.even() && !written.anything()) {
            book.overwritten(written.write());
        }
        if (written.root() != null) {
            taint(written, written.root());
        }
    }

    private void taint(Written written, Root root) {
        if (written.anything()) {
            book.everything(root);
        } else {
            book.add(written.write(), root);
        }
    }
}
