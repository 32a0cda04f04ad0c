package dev.understudy.lab.seeds;

import dev.understudy.lab.seeds.Workload.Dialect;
import dev.understudy.lab.seeds.Workload.Order;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs a workload through PostgreSQL's JDBC driver, each session on a connection of its own. */
public final class WorkloadRunner {
    private final Workload workload;
    private final String url;

    /**
     * A runner of a workload.
     *
     * @param url a JDBC URL without parameters
     */
    public WorkloadRunner(Workload workload, String url) {
        this.workload = workload;
        this.url = url;
    }

    /**
     * Runs it to its end; blocks.
     *
     * @param seed decides how sessions that take turns are interleaved
     * @throws SQLException if a statement fails that is not meant to
     */
    public void run(long seed) throws SQLException, IOException, InterruptedException {
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < workload.sessions().size(); i++) {
                connections.add(DriverManager.getConnection(
                        url + "?sslmode=disable&user=" + Schema.ROLE + "&ApplicationName=seed-" + i
                                + parameters(workload.sessions().get(i))));
            }
            if (workload.order() == Order.SIDE_BY_SIDE) {
                sideBySide(connections);
            } else {
                takingTurns(connections, new Chance(seed));
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static String parameters(Dialect dialect) {
        return switch (dialect) {
            case SIMPLE -> "&preferQueryMode=simple";
            case UNNAMED -> "&prepareThreshold=0";
            case PREPARED -> "&prepareThreshold=1";
        };
    }

    private void sideBySide(List<Connection> connections) throws SQLException, IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < connections.size(); i++) {
                CallRunner runner = new CallRunner(connections.get(i));
                List<Unit> own = units(i);
                running.add(threads.submit(() -> {
                    for (Unit unit : own) {
                        for (Call call : unit.calls()) {
                            runner.run(call);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                await(one);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Unit> units(int session) {
        return workload.units().stream()
                .filter(unit -> unit.session() == session)
                .toList();
    }

    /** One session between two of its statements. */
    private static final class Turn {
        private final CallRunner runner;
        private final Deque<Unit> ahead;
        private final Deque<Call> open = new ArrayDeque<>();
        private Set<String> locks = Set.of();

        Turn(CallRunner runner, List<Unit> units) {
            this.runner = runner;
            this.ahead = new ArrayDeque<>(units);
        }

        boolean isOver() {
            return ahead.isEmpty() && open.isEmpty();
        }

        boolean mayGoOn(Set<String> locked) {
            return !open.isEmpty()
                    || !ahead.isEmpty() && ahead.element().locks().stream().noneMatch(locked::contains);
        }

        void step() throws SQLException, IOException {
            if (open.isEmpty()) {
                Unit unit = ahead.remove();
                open.addAll(unit.calls());
                locks = unit.locks();
            }
            runner.run(open.remove());
            if (open.isEmpty()) {
                locks = Set.of();
            }
        }
    }

    private void takingTurns(List<Connection> connections, Chance chance) throws SQLException, IOException {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            turns.add(new Turn(new CallRunner(connections.get(i)), units(i)));
        }
        while (!turns.isEmpty()) {
            Turn turn = chance.pick(turns);
            Set<String> locked = new HashSet<>();
            turns.stream().filter(other -> other != turn).forEach(other -> locked.addAll(other.locks));
            if (turn.mayGoOn(locked)) {
                turn.step();
            }
            turns.removeIf(Turn::isOver);
        }
    }

    private static void await(Future<?> running) throws SQLException, IOException, InterruptedException {
        try {
            running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
