package dev.understudy.replay.schedule;

import dev.understudy.pgwire.message.TransactionStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A made-up history of contended transactions: sessions that update rows under row locks held to the end of their
 * transactions, with answers that overtake each other on their way. Each update answers with how often its row had been
 * updated before.
 */
final class History {
    /** What one exchange does. */
    enum Kind {
        BEGIN,
        UPDATE,
        AUTOCOMMIT,
        COMMIT
    }

    /** One exchange with what production's agent stamped and what the row said. */
    static final class Op {
        final int session;
        final int ordinal;
        final Kind kind;
        final int row;
        long sentAfter;
        long doneNo;
        int answer;

        Op(int session, int ordinal, Kind kind, int row) {
            this.session = session;
            this.ordinal = ordinal;
            this.kind = kind;
            this.row = row;
        }
    }

    private static final int MAX_DELAY = 40;

    private final Random random;
    private final List<Deque<Op>> plans = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::serial));
    private final Rows rows = new Rows(null);
    private final List<Op> done = new ArrayList<>();
    private long clock;
    private long serial;
    private long counter;

    private record Event(long time, long serial, Runnable action) {}

    /** Row locks and update counts of one server. */
    static final class Rows {
        private final Map<Integer, Integer> counts = new HashMap<>();
        private final Map<Integer, Integer> holders = new HashMap<>();
        private final Map<Integer, Deque<Op>> queues = new HashMap<>();
        private final @Nullable Random unfair;

        /** Lets waiters through in their order, or, as PostgreSQL may do, any of them. */
        Rows(@Nullable Random unfair) {
            this.unfair = unfair;
        }

        /** Executes, or queues and answers false. */
        boolean execute(Op op) {
            if (op.kind == Kind.UPDATE || op.kind == Kind.AUTOCOMMIT) {
                Integer holder = holders.get(op.row);
                if (holder != null && holder != op.session) {
                    queues.computeIfAbsent(op.row, row -> new ArrayDeque<>()).addLast(op);
                    return false;
                }
                update(op);
            }
            return true;
        }

        private void update(Op op) {
            op.answer = counts.merge(op.row, 1, Integer::sum);
            if (op.kind == Kind.UPDATE) {
                holders.put(op.row, op.session);
            }
        }

        /** Who holds what this one waits for. */
        int holderOf(Op waiter) {
            return holders.getOrDefault(waiter.row, -1);
        }

        /** Ends a session's transaction; those that may go on now, which have been executed. */
        List<Op> release(int session) {
            List<Op> granted = new ArrayList<>();
            for (int row : new HashSet<>(holders.keySet())) {
                if (holders.get(row) == session) {
                    holders.remove(row);
                    Deque<Op> queue = queues.getOrDefault(row, new ArrayDeque<>());
                    while (!queue.isEmpty() && !holders.containsKey(row)) {
                        if (unfair != null) {
                            for (int turn = unfair.nextInt(queue.size()); turn > 0; turn--) {
                                queue.addLast(queue.removeFirst());
                            }
                        }
                        Op next = queue.removeFirst();
                        update(next);
                        granted.add(next);
                    }
                }
            }
            return granted;
        }
    }

    private History(Random random) {
        this.random = random;
    }

    /** Runs some sessions with some transactions on some rows; fewer rows, more contention. */
    static List<Op> run(long seed, int sessions, int transactions, int rowCount) {
        History history = new History(new Random(seed));
        for (int session = 0; session < sessions; session++) {
            history.plans.add(history.plan(session, transactions, rowCount));
            history.later(history.plans.get(session));
        }
        while (!history.events.isEmpty()) {
            Event event = history.events.poll();
            history.clock = event.time();
            event.action().run();
        }
        return history.done;
    }

    private Deque<Op> plan(int session, int transactions, int rowCount) {
        Deque<Op> plan = new ArrayDeque<>();
        int ordinal = 0;
        for (int i = 0; i < transactions; i++) {
            if (random.nextInt(4) == 0) {
                plan.add(new Op(session, ordinal++, Kind.AUTOCOMMIT, random.nextInt(rowCount)));
                continue;
            }
            plan.add(new Op(session, ordinal++, Kind.BEGIN, -1));
            Set<Integer> chosen = new TreeSet<>();
            int updates = 1 + random.nextInt(3);
            for (int u = 0; u < updates; u++) {
                chosen.add(random.nextInt(rowCount));
            }
            for (int row : chosen) {
                plan.add(new Op(session, ordinal++, Kind.UPDATE, row));
            }
            plan.add(new Op(session, ordinal++, Kind.COMMIT, -1));
        }
        return plan;
    }

    private void at(long delay, Runnable action) {
        events.add(new Event(clock + delay, serial++, action));
    }

    private void later(Deque<Op> plan) {
        if (!plan.isEmpty()) {
            Op op = plan.removeFirst();
            at(random.nextInt(MAX_DELAY), () -> {
                op.sentAfter = counter;
                at(1 + random.nextInt(3), () -> arrive(op));
            });
        }
    }

    private void arrive(Op op) {
        if (op.kind == Kind.COMMIT) {
            rows.release(op.session).forEach(this::answer);
            answer(op);
        } else if (rows.execute(op)) {
            answer(op);
        }
    }

    private void answer(Op op) {
        at(1 + random.nextInt(8), () -> {
            op.doneNo = ++counter;
            done.add(op);
            later(plans.get(op.session));
        });
    }

    /** The history as work, in the order of the numbers. */
    static List<Work.Run> works(List<Op> history) {
        return works(history, op -> false);
    }

    /** The same, with some placed where they began although they waited: what a recorder cannot tell apart. */
    static List<Work.Run> works(List<Op> history, Predicate<Op> placedByStart) {
        Map<Integer, Place> last = new HashMap<>();
        List<Work.Run> works = new ArrayList<>();
        for (Op op : history) {
            TransactionStatus after = op.kind == Kind.COMMIT || op.kind == Kind.AUTOCOMMIT
                    ? TransactionStatus.IDLE
                    : TransactionStatus.IN_TRANSACTION;
            RecordedExchange exchange = Works.exchange(
                    op.session,
                    op.ordinal,
                    op.sentAfter,
                    op.doneNo,
                    after,
                    op.kind == Kind.COMMIT ? "COMMIT" : "UPDATE 1");
            Place before = last.getOrDefault(op.session, Place.FIRST);
            Place place = exchange.isEnd()
                    ? Place.ofEnd(op.sentAfter, op.doneNo, before)
                    : placedByStart.test(op)
                            ? Place.ofLong(op.sentAfter, op.doneNo, before)
                            : Place.ofAny(op.doneNo, before);
            last.put(op.session, place);
            works.add(Works.run(exchange, place));
        }
        return works;
    }
}
