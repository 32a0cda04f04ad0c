package dev.understudy.replay.footprint;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.sql.StatementKind;
import dev.understudy.replay.access.AccessResolver;
import dev.understudy.replay.access.AnswerColumns;
import dev.understudy.replay.access.Relations;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.schedule.Touch;
import dev.understudy.replay.schedule.Touch.Use;
import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what each recorded exchange may touch on any arm, from its statements, the values that are bound to them, and
 * what the catalogs say that these set off. What can't be told may touch anything.
 *
 * <p>Fed each session's exchanges in their order; belongs to one thread.
 */
public final class ExchangeFootprints {
    /** What every statement needs of the catalog; only what may touch anything changes it. */
    private static final List<Touch> CATALOG_ONLY = List.of(new Touch(" catalog", null, Use.READ));

    private final StatementFacts texts = new StatementFacts();
    private final AccessResolver resolver;
    private final Relations relations;
    private final RowTouches rows;
    private final boolean oneSnapshotByDefault;
    private final Map<String, Boolean> oneSnapshotByRole = new HashMap<>();
    private final Map<Long, SessionFacts> sessions = new HashMap<>();
    /** Whether code that the database runs by itself has changed since the catalogs were read. */
    private boolean outdated;

    /**
     * For a trace.
     *
     * @param captured the captured database's catalog, null if the trace has none
     * @param arms those of the arms as they are before the replay, the baseline's first
     */
    public ExchangeFootprints(@Nullable Catalog captured, List<Catalog> arms) {
        List<Catalog> all = new ArrayList<>();
        if (captured != null) {
            all.add(captured);
        }
        this.oneSnapshotByDefault =
                captured != null && Boolean.TRUE.equals(SessionFacts.asksForOne(captured.settings()));
        for (Catalog.Role role : captured == null ? List.<Catalog.Role>of() : captured.roles()) {
            Boolean asks = SessionFacts.asksForOne(assignments(role.settings()));
            if (asks != null) {
                oneSnapshotByRole.put(role.name(), asks);
            }
        }
        all.addAll(arms);
        this.relations = Relations.of(all);
        this.resolver = new AccessResolver(relations);
        this.rows = new RowTouches(relations, new AnswerColumns(relations, captured));
    }

    /** What an exchange may touch; {@code read} is what it meant in production. */
    public List<Touch> of(SessionInfo info, RecordedExchange exchange, Interpretation read) {
        SessionFacts session =
                sessions.computeIfAbsent(info.session(), id -> new SessionFacts(oneSnapshotByDefault(info)));
        TouchList touches = new TouchList();
        if (!exchange.answered() || outdated) {
            touches.anything();
        }
        for (Step step : read.steps()) {
            add(touches, step, session);
        }
        session.after(exchange.after());
        // what is prepared, described or bound needs the tables that an earlier session made
        return read.steps().isEmpty() && exchange.answered() && !outdated ? CATALOG_ONLY : touches.list();
    }

    /** What the session asked for decides, then what its role has, then what the database has. */
    private boolean oneSnapshotByDefault(SessionInfo info) {
        Boolean asked = SessionFacts.asksForOne(info.startup());
        return asked == null ? oneSnapshotByRole.getOrDefault(info.user(), oneSnapshotByDefault) : asked;
    }

    private static Map<String, String> assignments(List<String> settings) {
        Map<String, String> values = new HashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals > 0) {
                values.put(setting.substring(0, equals), setting.substring(equals + 1));
            }
        }
        return values;
    }

    /** Nothing more comes of this session. */
    public void end(long session) {
        sessions.remove(session);
    }

    private void add(TouchList touches, Step step, SessionFacts session) {
        StatementFacts.Facts facts = texts.of(step.sql());
        switch (facts.kind()) {
            case BEGIN, SET, RESET, DISCARD -> control(touches, step, facts, session);
            case EMPTY -> {
                if (!"".equals(step.tag())) {
                    touches.anything(); // a statement whose text is not known
                }
            }
            case COMMIT, ROLLBACK -> session.ended(step.sql());
            case PING, SAVEPOINT, RELEASE_SAVEPOINT, ROLLBACK_TO_SAVEPOINT -> {}
            case SHOW, PREPARE, DEALLOCATE, CLOSE -> touches.addAll(CATALOG_ONLY);
            case LISTEN, UNLISTEN, NOTIFY -> touches.add(RowTouches.NOTIFICATIONS, null, Use.WRITE);
            case LOCK -> lock(touches, facts);
            case FETCH, MOVE -> touches.addAll(session.cursors());
            case SELECT, WITH, INSERT, UPDATE, DELETE, MERGE, COPY, TRUNCATE, EXPLAIN, CALL, DO ->
                rows(touches, step, facts, session);
            case DECLARE -> session.declared(declared(touches, step, facts, session));
            case DDL -> ddl(touches, step, facts, session);
            case PREPARE_TRANSACTION,
                    COMMIT_PREPARED,
                    ROLLBACK_PREPARED,
                    EXECUTE,
                    VACUUM,
                    ANALYZE,
                    MAINTENANCE,
                    UNKNOWN -> touches.anything();
        }
    }

    private static void control(TouchList touches, Step step, StatementFacts.Facts facts, SessionFacts session) {
        session.set(step.sql());
        if (facts.kind() == StatementKind.DISCARD) {
            touches.add(RowTouches.ADVISORY_LOCKS, null, Use.RELEASE);
        } else if (facts.names().contains("constraints")) {
            touches.anything(); // checks that were put off are made now
        }
    }

    private void lock(TouchList touches, StatementFacts.Facts facts) {
        for (String table : relations.tablesAmong(facts.names())) {
            touches.add(table, null, facts.reading());
        }
    }

    private void rows(TouchList touches, Step step, StatementFacts.Facts facts, SessionFacts session) {
        if (session.takesTheSnapshot()) {
            touches.add(Touch.ANYTHING, null, Use.READ);
        }
        if (facts.readsSequences()) {
            touches.add(RowTouches.SEQUENCES, null, Use.DRAW);
        }
        if (facts.setsIsolation()) {
            session.set(step.sql());
        }
        rows.add(touches, resolver.of(step.sql(), step.parameters()), step, facts);
    }

    private List<Touch> declared(TouchList touches, Step step, StatementFacts.Facts facts, SessionFacts session) {
        TouchList own = new TouchList();
        rows(own, step, facts, session);
        List<Touch> list = own.list();
        touches.addAll(list);
        return list.stream().filter(touch -> touch.use() != Use.READ).toList();
    }

    private void ddl(TouchList touches, Step step, StatementFacts.Facts facts, SessionFacts session) {
        if (facts.makesTemporary()) {
            rows(touches, step, facts, session);
            return;
        }
        touches.anything();
        outdated |= facts.changesCode();
    }
}
