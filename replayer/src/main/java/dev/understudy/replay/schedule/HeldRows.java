package dev.understudy.replay.schedule;

import dev.understudy.pgwire.message.TransactionStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session's open transaction has locked and will show, told by its tasks in their order. Bounded: a transaction
 * that touches more counts as one that may have touched anything.
 */
final class HeldRows {
    static final int MAX_ROWS = 1_000;
    /** Stands for the connections that a server has: one is made once those that ended before have been closed. */
    private static final String CONNECTIONS = " connections";

    private record Rows(String table, @Nullable Object key) {}

    private record Held(int modes, Place since, int times) {
        Held and(Held later) {
            return new Held(modes | later.modes, since, times + later.times);
        }
    }

    private final Map<Rows, Held> rows = new LinkedHashMap<>();
    /** What the transaction has removed, with the task that did. */
    private final Map<Touch, Planned> removed = new LinkedHashMap<>();
    /** What the session keeps beyond its transactions. */
    private final Map<Rows, Held> ofSession = new LinkedHashMap<>();
    /** Of the task that is asked about. */
    private final List<Access> accesses = new ArrayList<>();

    /** What the next task does to rows. */
    List<Access> next(Planned planned) {
        accesses.clear();
        Work work = planned.task.work();
        if (work instanceof Work.Open) {
            accesses.add(new Access(planned, CONNECTIONS, null, Access.LOOKS, planned.place()));
        } else if (work instanceof Work.Close) {
            accesses.add(new Access(planned, CONNECTIONS, null, Access.LOCKS | Access.SHOWS, planned.place()));
            end(planned, rows);
            end(planned, ofSession);
            rows.clear();
            ofSession.clear();
        } else if (work instanceof Work.Run run) {
            run(planned, run);
        }
        return List.copyOf(accesses);
    }

    private void run(Planned planned, Work.Run run) {
        RecordedExchange exchange = run.exchange();
        // before the error that is forced, what had been done is done
        boolean sent = run.treatment().isAsRecorded()
                || run.treatment() instanceof Treatment.Force
                        && !exchange.tags().isEmpty();
        List<Touch> touches = sent ? planned.touches : List.of();
        boolean open = exchange.after() == TransactionStatus.IN_TRANSACTION;
        boolean committed =
                exchange.tags().contains("COMMIT") || exchange.tags().contains("PREPARE TRANSACTION");
        // ROLLBACK TO lets go of some rows
        boolean ends = !open || committed || exchange.tags().contains("ROLLBACK");
        if (ends) {
            end(planned, rows);
        }
        if (run.endsTransaction() || committed) {
            rows.clear();
            removed.clear();
        }
        for (Touch touch : touches) {
            if (touch.use() == Touch.Use.RELEASE) {
                release(planned, touch);
                continue;
            }
            touch(planned, touch, ends);
            if (touch.use() == Touch.Use.HOLD) {
                hold(ofSession, touch, planned.place());
            } else if (!run.endsTransaction()) {
                hold(rows, touch, planned.place());
                if (touch.use() == Touch.Use.REMOVE && removed.size() < MAX_ROWS) {
                    removed.put(new Touch(touch.table(), touch.key(), Touch.Use.MISS), planned);
                }
            }
        }
    }

    /** What others may miss who wait for the open transaction's end, with the tasks that removed it. */
    Map<Touch, Planned> removed() {
        return removed;
    }

    private void touch(Planned planned, Touch touch, boolean ends) {
        int modes = switch (touch.use()) {
            case READ, MISS -> Access.LOOKS;
            case SHARE -> Access.SHARES;
            case WRITE, REMOVE -> ends ? Access.LOCKS | Access.SHOWS : Access.LOCKS;
            case ADD -> ends ? Access.SHOWS : 0;
            case HOLD -> Access.LOCKS;
            case DRAW, EXCLUDE, RELEASE -> Access.LOCKS | Access.SHOWS;
        };
        if (modes != 0) {
            accesses.add(new Access(planned, touch.table(), touch.key(), modes, planned.place()));
        }
    }

    private static void hold(Map<Rows, Held> held, Touch touch, Place since) {
        int modes = switch (touch.use()) {
            case READ, MISS, DRAW, RELEASE -> 0;
            case SHARE -> Access.SHARES;
            case WRITE, REMOVE, EXCLUDE, HOLD -> Access.LOCKS | Access.SHOWS;
            case ADD -> Access.SHOWS;
        };
        if (modes == 0) {
            return;
        }
        if (held.size() >= MAX_ROWS) {
            held.clear();
            held.put(new Rows(Touch.ANYTHING, null), new Held(Access.LOCKS | Access.SHOWS, since, 1));
        } else {
            held.merge(new Rows(touch.table(), touch.key()), new Held(modes, since, 1), Held::and);
        }
    }

    /** The end lets go of what was locked, and shows what was written. */
    private void end(Planned planned, Map<Rows, Held> held) {
        if (held.isEmpty()) {
            return;
        }
        held.forEach((touched, modes) ->
                accesses.add(new Access(planned, touched.table(), touched.key(), modes.modes(), modes.since())));
    }

    /** The session lets go of what it has locked as often as it lets go, or of everything of a table. */
    private void release(Planned planned, Touch touch) {
        Rows of = new Rows(touch.table(), touch.key());
        Held held = ofSession.get(of);
        Place since = held == null ? planned.place() : held.since();
        accesses.add(new Access(planned, touch.table(), touch.key(), Access.LOCKS | Access.SHOWS, since));
        if (touch.key() == null) {
            ofSession.keySet().removeIf(rows -> rows.table().equals(touch.table()));
        } else if (held != null && held.times() > 1) {
            ofSession.put(of, new Held(held.modes(), since, held.times() - 1));
        } else {
            ofSession.remove(of);
        }
    }
}
