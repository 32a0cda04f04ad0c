package dev.understudy.replay.schedule.model;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.model.Op.Answer;
import dev.understudy.replay.schedule.model.Op.Do;
import dev.understudy.replay.schedule.model.Op.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What matters of PostgreSQL (chapters 13.2 Transaction Isolation and 13.3 Explicit Locking): versions of rows, row locks
 * held to the end of transactions, alone or shared, advisory locks, READ COMMITTED and REPEATABLE READ, SERIALIZABLE that
 * fails by bad luck, savepoints, errors that end transactions, checks at COMMIT,
 * sequences that are not rolled back, deadlocks found. Any of several waiters may be let through. Locks are released and
 * effects shown before the answer is on its way.
 */
final class ModelServer {
    static final String NO_WAIT_IN_FAILED = "25P02";
    /** The number of somebody who is no session of the trace. */
    private static final long STRANGER = -1;
    /** What every drawing of a number locks too on a server with the trigger. */
    static final Key TRIGGERED = new Key("sums", 0);

    static final int MODULUS = 1_000_003;

    private final Agenda agenda;
    private final Random random;
    private final boolean trigger;
    /** Of a hundred serializable transactions, how many fail by bad luck. */
    private final int unluckyInHundred;

    private final BiConsumer<Op, Answer> whenAnswered;
    private final Map<Key, LockedRow<Session>> rows = new HashMap<>();
    private final Map<String, Integer> sequences = new TreeMap<>();
    private final Map<Integer, Session> sessions = new HashMap<>();
    /** For each exchange when it began and when it was over here, in steps of the server. */
    final Map<Op, long[]> executed = new HashMap<>();

    private long commits;
    private long steps;

    private static final class Session {
        final int number;
        final Deque<Runnable> input = new ArrayDeque<>();

        @Nullable Op op;

        int step;
        List<Key> todo = List.of();
        StringBuilder out = new StringBuilder();

        @Nullable Key waitsFor;

        boolean shares;
        long strangersTime;
        boolean explicit;
        boolean repeatable;
        boolean serializable;
        boolean failed;
        long snapshot = -1;
        final Map<Key, @Nullable Integer> writes = new HashMap<>();
        /** What it removed, and may have made again. */
        final Set<Key> removed = new HashSet<>();

        final Set<Key> locks = new LinkedHashSet<>();
        final Set<Key> deferred = new LinkedHashSet<>();
        /** Advisory locks, which outlive transactions. */
        final Set<Key> kept = new LinkedHashSet<>();

        @Nullable Saved saved;

        Session(int number) {
            this.number = number;
        }
    }

    /** What a transaction had done when it set its savepoint. */
    private record Saved(Map<Key, @Nullable Integer> writes, Set<Key> locks, Set<Key> deferred) {
        static Saved of(Session session) {
            return new Saved(
                    new HashMap<>(session.writes),
                    new LinkedHashSet<>(session.locks),
                    new LinkedHashSet<>(session.deferred));
        }
    }

    ModelServer(
            Agenda agenda, Random random, boolean trigger, int unluckyInHundred, BiConsumer<Op, Answer> whenAnswered) {
        this.agenda = agenda;
        this.random = random;
        this.trigger = trigger;
        this.unluckyInHundred = unluckyInHundred;
        this.whenAnswered = whenAnswered;
    }

    /** A row that exists from the start. */
    void put(Key key, int value) {
        row(key).add(0, value);
    }

    private LockedRow<Session> row(Key key) {
        return rows.computeIfAbsent(key, absent -> new LockedRow<>());
    }

    private Session session(int number) {
        return sessions.computeIfAbsent(number, Session::new);
    }

    /** Takes an exchange; each session's are executed one after the other. */
    void receive(Op op) {
        enqueue(op.session, () -> begin(session(op.session), op));
    }

    /** Takes what makes the session fail as production did, in the place of an exchange. */
    void receiveForced(Op op, String sqlState) {
        enqueue(op.session, () -> {
            Session session = session(op.session);
            session.op = op;
            executed.put(op, new long[] {++steps, 0});
            session.explicit |= op.after != TransactionStatus.IDLE;
            fail(session, sqlState);
            if (op.after == TransactionStatus.IDLE) {
                end(session, false);
            }
            over(session, sqlState, sqlState);
        });
    }

    private void enqueue(int number, Runnable execution) {
        Session session = session(number);
        session.input.addLast(execution);
        if (session.op == null && session.input.size() == 1) {
            next(session);
        }
    }

    private void next(Session session) {
        Runnable execution = session.input.pollFirst();
        if (execution != null) {
            execution.run();
        }
    }

    /** Sessions that hold, directly or not, what this one waits for; {@link #STRANGER} if only others do. */
    Set<Long> holders(int number) {
        Session waiter = sessions.get(number);
        Set<Long> holders = new HashSet<>();
        if (waiter != null && waiter.waitsFor != null) {
            for (Session holder : blockers(waiter)) {
                holders.add((long) holder.number);
            }
            boolean strangers = holders.remove(STRANGER);
            holders.remove((long) number);
            if (holders.isEmpty() && strangers) {
                holders.add(Long.MIN_VALUE);
            }
        }
        return holders;
    }

    /** Everybody for whom a session waits, directly or not; with itself, if that is a deadlock. */
    private Set<Session> blockers(Session waiter) {
        Set<Session> blockers = new HashSet<>();
        Deque<Session> toFollow = new ArrayDeque<>(List.of(waiter));
        while (!toFollow.isEmpty()) {
            Session session = toFollow.removeFirst();
            if (session.waitsFor != null) {
                for (Session blocker : row(session.waitsFor).blockers(session, session.shares)) {
                    if (blockers.add(blocker)) {
                        toFollow.add(blocker);
                    }
                }
            }
        }
        return blockers;
    }

    /** Somebody who is no session of the trace locks a row for a while, and keeps others out while it waits for it. */
    void strangerLocks(Key key, long time) {
        Session stranger = session((int) STRANGER);
        if (stranger.waitsFor == null && stranger.locks.isEmpty()) {
            stranger.strangersTime = time;
            stranger.waitsFor = key;
            LockedRow<Session> row = row(key);
            row.awaitStranger(stranger);
            letThrough(row);
        }
    }

    private void strangerGoesOn(Session stranger, Key key) {
        row(key).lock(stranger, false);
        stranger.locks.add(key);
        agenda.in(stranger.strangersTime, () -> release(stranger, List.copyOf(stranger.locks)));
    }

    boolean isInTransaction(int number) {
        return session(number).explicit;
    }

    private void begin(Session session, Op op) {
        session.op = op;
        session.step = 0;
        session.out = new StringBuilder();
        executed.put(op, new long[] {++steps, 0});
        if (op.what.isEnd()) {
            session.todo = List.copyOf(session.failed || op.what == Do.ROLLBACK ? Set.of() : session.deferred);
            proceed(session);
        } else if (op.what == Do.ROLLBACK_TO) {
            rollBackToSavepoint(session);
            session.failed = false;
            over(session, "ROLLBACK", null);
        } else if (session.failed) {
            over(session, NO_WAIT_IN_FAILED, NO_WAIT_IN_FAILED);
        } else if (op.what.isControl()) {
            session.explicit = true;
            session.repeatable |= op.what == Do.BEGIN_REPEATABLE_READ || op.what == Do.BEGIN_SERIALIZABLE;
            session.serializable |= op.what == Do.BEGIN_SERIALIZABLE;
            session.saved = op.what == Do.SAVEPOINT ? Saved.of(session) : null;
            over(session, op.what.name(), null);
        } else {
            if (session.snapshot < 0 || !session.repeatable) {
                session.snapshot = commits;
            }
            statement(session, op);
        }
    }

    private void statement(Session session, Op op) {
        switch (op.what) {
            case READ -> {
                op.keys.forEach(key -> session.out.append(visible(session, key)).append(' '));
                later(op, () -> succeed(session));
            }
            case SUM -> {
                session.out.append(sum(session, op.keys.get(0).table()));
                later(op, () -> succeed(session));
            }
            case DRAW -> {
                String table = op.keys.get(0).table();
                int value = sequences.merge(table, 1, Integer::sum);
                session.writes.put(new Key(table, value), op.token);
                session.out.append(value);
                session.todo = trigger ? List.of(TRIGGERED) : List.of();
                proceed(session);
            }
            case DEFER -> {
                session.deferred.addAll(op.keys);
                if (session.explicit) {
                    over(session, "INSERT", null);
                } else {
                    session.todo = List.copyOf(session.deferred);
                    proceed(session);
                }
            }
            case ADVISORY_UNLOCK -> {
                session.kept.removeAll(op.keys);
                release(session, op.keys);
                succeed(session);
            }
            case FAIL -> {
                fail(session, "22012");
                over(session, "22012", "22012");
            }
            default -> {
                session.todo = op.keys;
                proceed(session);
            }
        }
    }

    private void later(Op op, Runnable action) {
        agenda.in(op.work == 0 ? random.nextInt(2) : op.work / 2 + random.nextInt(op.work), action);
    }

    /** Does what can be done without waiting. */
    private void proceed(Session session) {
        Op op = session.op;
        if (op == null) {
            throw new IllegalStateException("nothing to do");
        }
        while (session.step < session.todo.size()) {
            Key key = session.todo.get(session.step);
            LockedRow<Session> row = row(key);
            session.shares = op.what.isEnd() || op.what == Do.DEFER || op.what == Do.SHARE;
            if (op.what.finds() && !session.writes.containsKey(key) && row.at(session.snapshot) == null) {
                session.out.append("null ");
                session.step++;
                continue;
            }
            if (!row.blockers(session, session.shares).isEmpty()) {
                session.waitsFor = key;
                if (blockers(session).contains(session)) {
                    session.waitsFor = null;
                    fail(session, "40P01");
                    over(session, "40P01", "40P01");
                } else {
                    row.await(session, session.shares);
                }
                return;
            }
            boolean checks = op.what.isEnd() || op.what == Do.DEFER;
            String error = checks ? check(key) : change(session, op, key, row);
            if (error != null) {
                fail(session, error);
                if (op.what.isEnd()) {
                    end(session, false);
                }
                over(session, error, error);
                return;
            }
            session.step++;
            if (op.work > 0 && session.step < session.todo.size()) {
                later(op, () -> proceed(session));
                return;
            }
        }
        if (op.what.isEnd()) {
            if (session.serializable && unluckyInHundred > random.nextInt(100)) {
                end(session, false);
                over(session, "40001", "40001");
                return;
            }
            boolean commits = op.what == Do.COMMIT && !session.failed;
            end(session, commits);
            over(session, commits ? "COMMIT" : "ROLLBACK", null);
        } else {
            succeed(session);
        }
    }

    /** Whether the parent is there; looked at as it is now, as foreign keys do. */
    private @Nullable String check(Key key) {
        return row(key).at(commits) == null ? "23503" : null;
    }

    private @Nullable String change(Session session, Op op, Key key, LockedRow<Session> row) {
        if (op.what.finds()
                && !session.repeatable
                && !session.writes.containsKey(key)
                && row.wasRemovedSince(session.snapshot)) {
            session.out.append("null "); // there may be such a row again, but it is another
            return null;
        }
        row.lock(session, op.what == Do.SHARE);
        (op.what == Do.ADVISORY_LOCK ? session.kept : session.locks).add(key);
        if (key.equals(TRIGGERED)) {
            return null; // the trigger's
        }
        if (session.repeatable && row.lastCommit() > session.snapshot) {
            return "40001";
        }
        Integer value = session.writes.containsKey(key) ? session.writes.get(key) : row.at(commits);
        session.out.append(value).append(' ');
        if (op.what == Do.INSERT) {
            if (value != null) {
                return "23505";
            }
            session.writes.put(key, op.token);
        } else if (value != null && op.what == Do.UPDATE) {
            session.writes.put(key, (value * 31 + op.token) % MODULUS);
        } else if (value != null && op.what == Do.DELETE) {
            session.writes.put(key, null);
            session.removed.add(key);
        }
        return null;
    }

    private @Nullable Integer visible(Session session, Key key) {
        return session.writes.containsKey(key) ? session.writes.get(key) : row(key).at(session.snapshot);
    }

    private String sum(Session session, String table) {
        long sum = 0;
        int count = 0;
        Set<Key> keys = new HashSet<>(rows.keySet());
        keys.addAll(session.writes.keySet());
        for (Key key : keys) {
            Integer value = key.table().equals(table) ? visible(session, key) : null;
            if (value != null) {
                sum += value;
                count++;
            }
        }
        return sum + "/" + count;
    }

    private void succeed(Session session) {
        if (!session.explicit) {
            end(session, true);
        }
        over(session, session.out.toString(), null);
    }

    private void fail(Session session, String sqlState) {
        boolean explicit = session.explicit;
        if (session.saved != null) {
            rollBackToSavepoint(session);
        } else {
            end(session, false);
        }
        session.explicit = explicit;
        session.failed = explicit && !sqlState.isEmpty();
    }

    private void rollBackToSavepoint(Session session) {
        Saved saved = session.saved;
        if (saved != null) {
            session.writes.clear();
            session.writes.putAll(saved.writes());
            session.removed.retainAll(saved.writes().keySet());
            session.deferred.retainAll(saved.deferred());
            List<Key> released = new ArrayList<>(session.locks);
            released.removeAll(saved.locks());
            session.locks.removeAll(released);
            release(session, released);
        }
    }

    private void end(Session session, boolean commit) {
        if (commit && !session.writes.isEmpty()) {
            commits++;
            session.writes.forEach((key, value) -> row(key).add(commits, value));
            session.removed.forEach(key -> row(key).remadeBy(commits));
        }
        session.writes.clear();
        session.removed.clear();
        session.deferred.clear();
        session.snapshot = -1;
        session.repeatable = false;
        session.serializable = false;
        session.explicit = false;
        session.failed = false;
        session.saved = null;
        List<Key> released = new ArrayList<>(session.locks);
        session.locks.clear();
        release(session, released);
    }

    private void release(Session session, List<Key> released) {
        session.locks.removeAll(released);
        for (Key key : released) {
            if (!session.kept.contains(key)) {
                LockedRow<Session> row = row(key);
                row.unlock(session);
                letThrough(row);
            }
        }
    }

    private void letThrough(LockedRow<Session> row) {
        for (List<Session> free = row.released(); !free.isEmpty(); free = row.released()) {
            Session waiter = free.get(random.nextInt(free.size()));
            row.goesOn(waiter);
            Key key = waiter.waitsFor;
            waiter.waitsFor = null;
            if (waiter.number == STRANGER && key != null) {
                strangerGoesOn(waiter, key);
            } else {
                proceed(waiter);
            }
        }
    }

    private void over(Session session, String text, @Nullable String sqlState) {
        Op op = session.op;
        if (op == null) {
            throw new IllegalStateException("nothing is over");
        }
        session.op = null;
        session.todo = List.of();
        executed.get(op)[1] = ++steps;
        TransactionStatus after = !session.explicit
                ? TransactionStatus.IDLE
                : session.failed ? TransactionStatus.FAILED : TransactionStatus.IN_TRANSACTION;
        whenAnswered.accept(op, new Answer(text, sqlState, after));
        next(session);
    }
}
