package dev.understudy.lab.seeds;

import dev.understudy.lab.seeds.Call.Act;
import dev.understudy.lab.seeds.Workload.Dialect;
import dev.understudy.lab.seeds.Workload.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws what the sessions do: first every table and view is read where the workload may, then anything. */
final class WorkloadGrammar {
    private static final int UNITS_PER_SESSION = 14;

    private final Chance chance;
    private final Schema schema;
    private final Order order;
    private final List<Dialect> sessions = new ArrayList<>();
    /** By table, the only session that uses it; absent for one that is only read. */
    private final Map<String, Integer> owners = new HashMap<>();

    WorkloadGrammar(Chance chance, Schema schema) {
        this.chance = chance;
        this.schema = schema;
        this.order = chance.pick(List.of(Order.values()));
        int count = chance.between(2, 4);
        for (int i = 0; i < count; i++) {
            sessions.add(chance.pick(List.of(Dialect.values())));
        }
        if (order == Order.SIDE_BY_SIDE) {
            for (Table table : schema.tables()) {
                if (chance.percent(75)) {
                    owners.put(table.name(), chance.below(count));
                }
            }
        }
    }

    Workload draw() {
        List<List<Unit>> queues = new ArrayList<>();
        for (int session = 0; session < sessions.size(); session++) {
            queues.add(new ArrayList<>());
        }
        ReadGrammar reads = new ReadGrammar(chance);
        for (Table table : schema.tables()) {
            int session = reader(table);
            queues.get(session).add(new Unit(session, List.of(reads.sweep(table))));
        }
        for (View view : schema.views()) {
            int session = reader(view.table());
            queues.get(session).add(new Unit(session, List.of(reads.sweep(view))));
        }
        for (int session = 0; session < sessions.size(); session++) {
            WriteGrammar writes = new WriteGrammar(chance, session);
            for (int i = 0; i < UNITS_PER_SESSION; i++) {
                queues.get(session).add(unit(session, reads, writes));
            }
        }
        return new Workload(
                order, sessions, queues.stream().flatMap(List::stream).toList());
    }

    private int reader(Table table) {
        return owners.getOrDefault(table.name(), chance.below(sessions.size()));
    }

    private boolean mayRead(int session, Table table) {
        return order == Order.TAKING_TURNS || owners.getOrDefault(table.name(), session) == session;
    }

    private boolean mayWrite(int session, Table table) {
        return order == Order.TAKING_TURNS || owners.getOrDefault(table.name(), -1) == session;
    }

    private Unit unit(int session, ReadGrammar reads, WriteGrammar writes) {
        List<Table> readable =
                schema.tables().stream().filter(t -> mayRead(session, t)).toList();
        List<Table> writable =
                schema.tables().stream().filter(t -> mayWrite(session, t)).toList();
        if (readable.isEmpty()) {
            return new Unit(session, List.of(Call.query("SELECT now()", List.of(), Call.Facts.NONE)));
        }
        boolean transaction = chance.percent(35);
        List<Call> calls = new ArrayList<>();
        int count = transaction ? chance.between(2, 4) : 1;
        for (int i = 0; i < count; i++) {
            boolean write = !writable.isEmpty() && chance.percent(50);
            calls.add(write ? write(writes, chance.pick(writable)) : read(session, reads, chance.pick(readable)));
        }
        if (!transaction) {
            Call only = calls.get(0);
            return new Unit(session, List.of(only.act() == Act.CURSOR ? only.as(Act.QUERY) : only));
        }
        return new Unit(session, inTransaction(calls));
    }

    private List<Call> inTransaction(List<Call> calls) {
        List<Call> all = new ArrayList<>();
        all.add(Call.of(Act.BEGIN));
        boolean failed = false;
        boolean savepoints = chance.percent(40);
        for (Call call : calls) {
            boolean failing = !call.sqlState().isEmpty();
            boolean saved = failing && savepoints && !failed;
            if (saved) {
                all.add(Call.query("SAVEPOINT attempt", List.of(), Call.Facts.NONE));
            }
            if (!failed) {
                all.add(call);
            }
            if (saved) {
                all.add(Call.query("ROLLBACK TO SAVEPOINT attempt", List.of(), Call.Facts.NONE));
            }
            failed |= failing && !saved;
        }
        all.add(Call.of(failed || chance.percent(20) ? Act.ROLLBACK : Act.COMMIT));
        return all;
    }

    private Call write(WriteGrammar writes, Table table) {
        return chance.percent(12) ? writes.failing(table) : writes.draw(table, WriteGrammar.parentRows(schema, table));
    }

    private Call read(int session, ReadGrammar reads, Table table) {
        Optional<Table> parent = table.parent().map(schema::table).filter(other -> mayRead(session, other));
        return reads.draw(table, parent, sessions.get(session));
    }
}
