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

    private record Held(int modes, Place since) {
        Held and(Held later) {
            return new Held(modes | later.modes, since);
        }
    }

    private final Map<Rows, Held> rows = new LinkedHashMap<>();

    /** What the next task does to rows. */
    List<Access> next(Planned planned) {
        List<Access> accesses = new ArrayList<>();
        Work work = planned.task.work();
        if (work instanceof Work.Open) {
            accesses.add(new Access(planned, CONNECTIONS, null, Access.LOOKS, planned.place()));
        } else if (work instanceof Work.Close) {
            accesses.add(new Access(planned, CONNECTIONS, null, Access.LOCKS | Access.SHOWS, planned.place()));
            end(planned, accesses);
            rows.clear();
        } else if (work instanceof Work.Run run) {
            run(planned, run, accesses);
        }
        return accesses;
    }

    private void run(Planned planned, Work.Run run, List<Access> accesses) {
        RecordedExchange exchange = run.exchange();
        boolean sent = run.treatment() instanceof Treatment.Send || run.treatment() instanceof Treatment.SendOnly;
        List<Touch> touches = sent ? planned.touches : List.of();
        boolean open = exchange.after() == TransactionStatus.IN_TRANSACTION;
        boolean committed =
                exchange.tags().contains("COMMIT") || exchange.tags().contains("PREPARE TRANSACTION");
        // ROLLBACK TO lets go of some rows
        boolean ends = !open || committed || exchange.tags().contains("ROLLBACK");
        if (ends) {
            end(planned, accesses);
        }
        if (run.endsTransaction() || committed) {
            rows.clear();
        }
        for (Touch touch : touches) {
            touch(planned, touch, ends, accesses);
            if (!run.endsTransaction()) {
                hold(touch, planned.place());
            }
        }
    }

    private static void touch(Planned planned, Touch touch, boolean ends, List<Access> accesses) {
        int modes = switch (touch.use()) {
            case READ -> Access.LOOKS;
            case WRITE -> ends ? Access.LOCKS | Access.SHOWS : Access.LOCKS;
            case ADD -> ends ? Access.SHOWS : 0;
            case DRAW -> Access.LOCKS | Access.SHOWS;
        };
        if (modes != 0) {
            accesses.add(new Access(planned, touch.table(), touch.key(), modes, planned.place()));
        }
    }

    private void hold(Touch touch, Place since) {
        int modes = switch (touch.use()) {
            case READ, DRAW -> 0;
            case WRITE -> Access.LOCKS | Access.SHOWS;
            case ADD -> Access.SHOWS;
        };
        if (modes == 0) {
            return;
        }
        if (rows.size() >= MAX_ROWS) {
            rows.clear();
            rows.put(new Rows(Touch.ANYTHING, null), new Held(Access.LOCKS | Access.SHOWS, since));
        } else {
            rows.merge(new Rows(touch.table(), touch.key()), new Held(modes, since), Held::and);
        }
    }

    /** The end lets go of what the transaction has locked, and shows what it wrote. */
    private void end(Planned planned, List<Access> accesses) {
        rows.forEach((touched, held) ->
                accesses.add(new Access(planned, touched.table(), touched.key(), held.modes(), held.since())));
    }
}
