package dev.understudy.replay.schedule.model;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.AnswerFacts;
import dev.understudy.replay.schedule.Place;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.replay.schedule.model.Op.Answer;
import dev.understudy.replay.schedule.model.Op.Do;
import dev.understudy.replay.schedule.model.Op.Key;
import dev.understudy.trace.entry.ExchangeId;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Clients, an agent and a server: what the agent records of them. */
final class Production {
    private static final int MAX_THINK = 30;
    private static final int MAX_WAY = 8;
    private static final int UNLUCKY_IN_HUNDRED = 20;
    private static final int LONG_WORK = 120;
    /** What takes longer than this has been recorded as begun. */
    private static final int LONG_AFTER = 60;

    private final Agenda agenda = new Agenda();
    private final Random random;
    private final Traffic traffic;
    private final ModelServer server;
    private final List<Client> clients = new ArrayList<>();
    private final List<Op> done = new ArrayList<>();
    private long counter;

    private static final class Client {
        final Deque<Op> plan = new ArrayDeque<>();
        int inFlight;
        int ordinal;
        long lastArrival;
        long lastAnswer;
        TransactionStatus status = TransactionStatus.IDLE;
    }

    private Production(Traffic traffic, long seed) {
        this.traffic = traffic;
        this.random = new Random(seed);
        this.server = new ModelServer(agenda, new Random(seed + 1), false, UNLUCKY_IN_HUNDRED, this::answered);
    }

    /** The exchanges of a history, in the order of their numbers. */
    static List<Op> record(Traffic traffic, long seed) {
        Production production = new Production(traffic, seed);
        fill(production.server, traffic);
        for (int session = 0; session < traffic.sessions(); session++) {
            Client client = new Client();
            production.clients.add(client);
            for (int i = 0; i < traffic.transactions(); i++) {
                production.plan(session, client.plan);
            }
            production.think(client);
        }
        while (production.agenda.step()) {
            // until everything has happened
        }
        return production.done;
    }

    /** What every server has from the start. */
    static void fill(ModelServer server, Traffic traffic) {
        for (int row = 0; row < traffic.rows(); row++) {
            server.put(new Key("hot", row), row);
            server.put(new Key("parents", row), row);
            if (row % 2 == 0) {
                server.put(new Key("unique", row), row);
            }
        }
    }

    private void plan(int session, Deque<Op> plan) {
        boolean ordinary = random.nextInt(100) < traffic.ordinary();
        if (random.nextInt(4) == 0) {
            plan.add(statement(session, ordinary, false));
            return;
        }
        List<Key> advisory = !ordinary && random.nextInt(5) == 0 ? keys("advisory", 1) : List.of();
        if (!advisory.isEmpty()) {
            plan.add(new Op(session, Do.ADVISORY_LOCK, advisory, 0, 0));
        }
        transaction(session, ordinary, plan);
        if (!advisory.isEmpty()) {
            plan.add(new Op(session, Do.ADVISORY_UNLOCK, advisory, 0, 0));
        }
    }

    private void transaction(int session, boolean ordinary, Deque<Op> plan) {
        boolean repeatable = !ordinary && random.nextInt(2) == 0;
        Do begin = !repeatable ? Do.BEGIN : random.nextBoolean() ? Do.BEGIN_REPEATABLE_READ : Do.BEGIN_SERIALIZABLE;
        plan.add(new Op(session, begin, List.of(), 0, 0));
        boolean sorted = random.nextInt(100) < traffic.sorted();
        List<Op> statements = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            if (traffic.remade() > 0 && random.nextInt(100) < traffic.remade()) {
                List<Key> remade = keys("unique", 1);
                statements.add(new Op(session, Do.DELETE, remade, 0, 0));
                statements.add(new Op(session, Do.INSERT, remade, 1 + random.nextInt(1000), 0));
            } else {
                statements.add(statement(session, ordinary, sorted));
            }
        }
        if (sorted) {
            statements.sort(Comparator.comparing(Production::order));
        }
        statements.get(0).takesSnapshot = repeatable;
        if (!ordinary && random.nextInt(4) == 0) {
            int at = random.nextInt(statements.size());
            statements.add(
                    at + 1 + random.nextInt(statements.size() - at), new Op(session, Do.ROLLBACK_TO, List.of(), 0, 0));
            statements.add(at, new Op(session, Do.SAVEPOINT, List.of(), 0, 0));
        }
        plan.addAll(statements);
        Op end = new Op(session, random.nextInt(10) == 0 ? Do.ROLLBACK : Do.COMMIT, List.of(), 0, 0);
        end.deferred = end.what == Do.COMMIT && statements.stream().anyMatch(op -> op.what == Do.DEFER);
        plan.add(end);
    }

    private static String order(Op op) {
        Key first = op.keys.isEmpty() ? new Key("", 0) : op.keys.get(0);
        return (op.what.locks() ? "b" : "a") + first.table() + (100 + first.number());
    }

    private Op statement(int session, boolean ordinary, boolean one) {
        int work = random.nextInt(100) < traffic.longOnes() ? LONG_WORK : 0;
        int token = 1 + random.nextInt(1000);
        int kind = random.nextInt(ordinary ? 80 : 100);
        if (kind < 35) {
            return new Op(session, Do.UPDATE, keys("hot", one ? 1 : 1 + random.nextInt(2)), token, work);
        } else if (kind < 45) {
            return new Op(session, Do.READ, keys("hot", 1 + random.nextInt(2)), token, work);
        } else if (kind < 50) {
            String table = List.of("hot", "unique", "log").get(random.nextInt(3));
            return new Op(session, Do.SUM, List.of(new Key(table, -1)), token, work);
        } else if (kind < 60) {
            return new Op(session, Do.LOCK, keys("hot", 1), token, work);
        } else if (kind < 70) {
            return new Op(session, Do.DRAW, List.of(new Key("log", -1)), token, 0);
        } else if (kind < 80) {
            return new Op(session, Do.READ, keys("unique", 1), token, work);
        } else if (kind < 85) {
            return new Op(session, Do.INSERT, keys("unique", 1), token, work);
        } else if (kind < 90) {
            return new Op(session, Do.DELETE, keys(random.nextBoolean() ? "unique" : "parents", 1), token, work);
        } else if (kind < 94) {
            return new Op(session, Do.SHARE, keys("hot", 1), token, work);
        } else if (kind < 98) {
            return new Op(session, Do.DEFER, keys("parents", 1), token, 0);
        }
        return new Op(session, Do.FAIL, List.of(), token, 0);
    }

    private List<Key> keys(String table, int count) {
        Set<Integer> rows = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            rows.add(random.nextInt(traffic.rows()));
        }
        return rows.stream().map(row -> new Key(table, row)).toList();
    }

    private void think(Client client) {
        agenda.in(random.nextInt(MAX_THINK), () -> send(client));
    }

    private void send(Client client) {
        Op op = client.plan.pollFirst();
        if (op == null) {
            return;
        }
        client.inFlight++;
        op.ordinal = client.ordinal++;
        op.sentAt = agenda.now();
        op.sentAfter = counter;
        client.lastArrival = Math.max(client.lastArrival, agenda.now() + 1 + random.nextInt(MAX_WAY));
        agenda.at(client.lastArrival, () -> server.receive(op));
        Op next = client.plan.peekFirst();
        if (next != null && random.nextInt(100) < traffic.pipelined()) {
            agenda.in(random.nextInt(2), () -> sendAhead(client, next));
        }
    }

    private void sendAhead(Client client, Op expected) {
        if (client.plan.peekFirst() == expected && client.inFlight > 0) {
            send(client);
        }
    }

    private void answered(Op op, Answer answer) {
        Client client = clients.get(op.session);
        client.lastAnswer = Math.max(client.lastAnswer, agenda.now() + 1 + random.nextInt(MAX_WAY));
        agenda.at(client.lastAnswer, () -> {
            op.doneNo = ++counter;
            op.doneAt = agenda.now();
            op.answer = answer;
            op.before = client.status;
            op.after = answer.after();
            client.status = op.after;
            done.add(op);
            if (--client.inFlight == 0) {
                if (op.after == TransactionStatus.FAILED) {
                    giveUp(op.session, client);
                }
                think(client);
            }
        });
    }

    /** The client saw an error and rolls back, to its savepoint if there is one. */
    private static void giveUp(int session, Client client) {
        while (!client.plan.isEmpty()) {
            if (client.plan.getFirst().what == Do.ROLLBACK_TO) {
                return;
            }
            if (client.plan.removeFirst().what.isEnd()) {
                break;
            }
        }
        client.plan.addFirst(new Op(session, Do.ROLLBACK, List.of(), 0, 0));
    }

    /** The history as work, as a reader of the trace places it. */
    static List<Work.Run> works(List<Op> history, boolean knowsDeferred) {
        Map<Integer, Place> last = new HashMap<>();
        List<Work.Run> works = new ArrayList<>();
        for (Op op : history) {
            RecordedExchange exchange = exchange(op);
            Place before = last.getOrDefault(op.session, Place.FIRST);
            boolean reads = op.what == Do.READ || op.what == Do.SUM;
            Place place;
            if (exchange.isEnd() && !(knowsDeferred && op.deferred)) {
                place = Place.ofEnd(op.sentAfter, op.doneNo, before);
            } else if (reads && op.doneAt - op.sentAt > LONG_AFTER) {
                place = Place.ofLong(op.sentAfter, op.doneNo, before);
            } else {
                place = Place.ofAny(op.doneNo, before);
            }
            last.put(op.session, place);
            String error = op.answer.sqlState();
            Treatment treatment =
                    error != null && Treatment.WAITING.contains(error) ? new Treatment.Force(error) : Treatment.SEND;
            works.add(new Work.Run(
                    new SessionInfo(op.session, 0, "app", "shop", Map.of(), null), place, exchange, treatment));
        }
        return works;
    }

    private static RecordedExchange exchange(Op op) {
        String error = op.answer.sqlState();
        return new RecordedExchange(
                new ExchangeId(op.session, op.ordinal),
                op.doneNo,
                op.sentAfter,
                op.before,
                op.after,
                Set.of(),
                Unpooled.EMPTY_BUFFER,
                Unpooled.EMPTY_BUFFER,
                List.of(),
                error != null
                        ? List.of()
                        : List.of(op.what.isEnd() || op.what == Do.ROLLBACK_TO ? op.answer.text() : op.what.name()),
                new AnswerFacts(error, false, 0),
                op.sentAt * 1000,
                op.doneAt * 1000,
                true);
    }
}
