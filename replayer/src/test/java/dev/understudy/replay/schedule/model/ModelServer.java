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
 * held to the end of transactions, READ COMMITTED and REPEATABLE READ, errors that end transactions, checks at COMMIT,
 * sequences that are not rolled back, deadlocks found. Any of several waiters may be let through. Locks are released and
 * effects shown before the answer is on its way.
 */
final class ModelServer {
    static final String NO_WAIT_IN_FAILED = "25P02";
    /** What every drawing of a number locks too on a server with the trigger. */
    static final Key TRIGGERED = new Key("sums", 0);

    private static final int MODULUS = 1_000_003;

    private final Agenda agenda;
    private final Random random;
    private final boolean trigger;
    private final BiConsumer<Op, Answer> whenAnswered;
    private final Map<Key, Row> rows = new HashMap<>();
    private final Map<String, Integer> sequences = new TreeMap<>();
    private final Map<Integer, Session> sessions = new HashMap<>();
    /** For each exchange when it began and when it was over here, in steps of the server. */
    final Map<Op, long[]> executed = new HashMap<>();

    private long commits;
    private long steps;

    private record Version(long commit, @Nullable Integer value) {}

    private static final class Row {
        final List<Version> versions = new ArrayList<>();

        @Nullable Session holder;

        final List<Session> waiters = new ArrayList<>();

        @Nullable Integer at(long commit) {
            for (int i = versions.size() - 1; i >= 0; i--) {
                if (versions.get(i).commit() <= commit) {
                    return versions.get(i).value();
                }
            }
            return null;
        }

        long lastCommit() {
            return versions.isEmpty() ? 0 : versions.get(versions.size() - 1).commit();
        }
    }

    private static final class Session {
        final int number;
        final Deque<Runnable> input = new ArrayDeque<>();

        @Nullable Op op;

        int step;
        List<Key> todo = List.of();
        StringBuilder out = new StringBuilder();

        @Nullable Key waitsFor;

        boolean explicit;
        boolean repeatable;
        boolean failed;
        long snapshot = -1;
        final Map<Key, @Nullable Integer> writes = new HashMap<>();
        final Set<Key> locks = new LinkedHashSet<>();
        final Set<Key> deferred = new LinkedHashSet<>();

        Session(int number) {
            this.number = number;
        }
    }

    ModelServer(Agenda agenda, Random random, boolean trigger, BiConsumer<Op, Answer> whenAnswered) {
        this.agenda = agenda;
        this.random = random;
        this.trigger = trigger;
        this.whenAnswered = whenAnswered;
    }

    /** A row that exists from the start. */
    void put(Key key, int value) {
        row(key).versions.add(new Version(0, value));
    }

    private Row row(Key key) {
        return rows.computeIfAbsent(key, absent -> new Row());
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
                session.failed = false;
                session.explicit = false;
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

    /** Sessions that hold, directly or not, what this one waits for. */
    Set<Long> holders(int number) {
        Set<Long> holders = new HashSet<>();
        Session waiter = sessions.get(number);
        while (waiter != null && waiter.waitsFor != null) {
            Session holder = row(waiter.waitsFor).holder;
            if (holder == null || !holders.add((long) holder.number)) {
                break;
            }
            waiter = holder;
        }
        holders.remove((long) number);
        return holders;
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
        } else if (session.failed) {
            over(session, NO_WAIT_IN_FAILED, NO_WAIT_IN_FAILED);
        } else if (op.what.isControl()) {
            session.explicit = true;
            session.repeatable = op.what == Do.BEGIN_REPEATABLE_READ;
            over(session, "BEGIN", null);
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
            Row row = row(key);
            if (row.holder != null && row.holder != session) {
                session.waitsFor = key;
                if (isDeadlock(session)) {
                    session.waitsFor = null;
                    fail(session, "40P01");
                    over(session, "40P01", "40P01");
                } else {
                    row.waiters.add(session);
                }
                return;
            }
            boolean checks = op.what.isEnd() || op.what == Do.DEFER;
            String error = checks ? check(key) : change(session, op, key, row);
            if (error != null) {
                fail(session, error);
                if (checks) {
                    session.failed = false;
                    session.explicit = false;
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

    private @Nullable String change(Session session, Op op, Key key, Row row) {
        row.holder = session;
        session.locks.add(key);
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
        }
        return null;
    }

    private boolean isDeadlock(Session start) {
        Session session = start;
        for (int i = 0; i <= sessions.size(); i++) {
            Session holder = session.waitsFor == null ? null : row(session.waitsFor).holder;
            if (holder == null) {
                return false;
            }
            if (holder == start) {
                return true;
            }
            session = holder;
        }
        return false;
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
        end(session, false);
        session.explicit = explicit;
        session.failed = explicit && !sqlState.isEmpty();
    }

    private void end(Session session, boolean commit) {
        if (commit && !session.writes.isEmpty()) {
            commits++;
            session.writes.forEach((key, value) -> row(key).versions.add(new Version(commits, value)));
        }
        session.writes.clear();
        session.deferred.clear();
        session.snapshot = -1;
        session.repeatable = false;
        session.explicit = false;
        session.failed = false;
        List<Key> released = new ArrayList<>(session.locks);
        session.locks.clear();
        for (Key key : released) {
            Row row = row(key);
            row.holder = null;
            while (row.holder == null && !row.waiters.isEmpty()) {
                Session waiter = row.waiters.remove(random.nextInt(row.waiters.size()));
                waiter.waitsFor = null;
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
