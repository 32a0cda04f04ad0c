package dev.understudy.replay.schedule;

import dev.understudy.replay.schedule.History.Kind;
import dev.understudy.replay.schedule.History.Op;
import dev.understudy.replay.schedule.History.Rows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replays a history on made-up servers, with nothing but what a schedule is told. */
final class Rehearsal {
    final SerialSchedule schedule = new SerialSchedule(new Pipelining(4, 1 << 20), false);
    final List<Task> sent = new ArrayList<>();
    int agreed;
    int answered;

    private final List<Server> servers = new ArrayList<>();
    private final Map<Long, Op> production = new HashMap<>();
    private final Map<Task, Integer> outstanding = new HashMap<>();

    /** One arm: row locks, and for each session what it executes one after the other. */
    private final class Server {
        final Rows rows;
        final Map<Op, Task> tasks = new HashMap<>();
        final Map<Integer, Deque<Op>> input = new HashMap<>();
        final Map<Integer, Op> stuck = new HashMap<>();

        Server(Rows rows) {
            this.rows = rows;
        }

        void send(Task task) {
            Op original = original(task);
            Op op = new Op(original.session, original.ordinal, original.kind, original.row);
            tasks.put(op, task);
            input.computeIfAbsent(op.session, session -> new ArrayDeque<>()).addLast(op);
            execute(op.session);
        }

        private void execute(int session) {
            Deque<Op> queue = input.getOrDefault(session, new ArrayDeque<>());
            while (!queue.isEmpty() && !stuck.containsKey(session)) {
                Op op = queue.removeFirst();
                if (op.kind == Kind.COMMIT) {
                    List<Op> granted = rows.release(session);
                    end(op);
                    granted.forEach(waiter -> stuck.remove(waiter.session));
                    granted.forEach(this::end);
                    granted.forEach(waiter -> execute(waiter.session));
                } else if (rows.execute(op)) {
                    end(op);
                } else {
                    stuck.put(session, op);
                }
            }
        }

        private void end(Op op) {
            Task task = tasks.remove(op);
            boolean rowRead = op.kind == Kind.UPDATE || op.kind == Kind.AUTOCOMMIT;
            answered++;
            if (!rowRead || op.answer == original(task).answer) {
                agreed++;
            }
            if (outstanding.merge(task, -1, Integer::sum) == 0) {
                outstanding.remove(task);
                schedule.done(task, task.work().endsTransaction());
            }
        }
    }

    Rehearsal(Rows... arms) {
        for (Rows rows : arms) {
            servers.add(new Server(rows));
        }
    }

    /** Plays everything; false if it came to a standstill. */
    boolean play(List<Op> history, List<Work.Run> works, int readAhead) {
        history.forEach(op -> production.put(op.doneNo, op));
        int read = 0;
        int idle = 0;
        while (true) {
            List<Task> tasks = schedule.next(0);
            if (!tasks.isEmpty()) {
                idle = 0;
                tasks.forEach(this::send);
            } else if (!outstanding.isEmpty() && idle < 3) {
                idle++;
                tellWhoWaits();
            } else if (read < works.size()) {
                idle = 0;
                int until = Math.min(works.size(), read + readAhead);
                works.subList(read, until).forEach(work -> schedule.add(Works.task(work)));
                read = until;
                schedule.watermark(works.subList(read, works.size()).stream()
                        .mapToLong(Work::sentAfter)
                        .min()
                        .orElse(Long.MAX_VALUE));
            } else {
                return schedule.isIdle();
            }
        }
    }

    private void send(Task task) {
        sent.add(task);
        outstanding.put(task, servers.size());
        servers.forEach(server -> server.send(task));
    }

    private void tellWhoWaits() {
        Map<Task, Set<Long>> holders = new HashMap<>();
        for (Server server : servers) {
            server.stuck
                    .values()
                    .forEach(op -> holders.computeIfAbsent(server.tasks.get(op), task -> new HashSet<>())
                            .add((long) server.rows.holderOf(op)));
        }
        holders.forEach(schedule::blocked);
    }

    private Op original(Task task) {
        return production.get(((Work.Run) task.work()).exchange().doneNo());
    }
}
