package dev.understudy.lab.seeds;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything that one seed stands for.
 *
 * @param seed it
 * @param schema the database before the migration
 * @param workload what is captured
 * @param migration what is right in the migration, statement by statement
 * @param fault what is wrong in it, empty for nothing
 */
public record Scenario(long seed, Schema schema, Workload workload, List<String> migration, Optional<Fault> fault) {
    private static final int CLEAN_EVERY = 4;
    /** Schemas and workloads drawn until a fault has a place: the rarest has one in about every twentieth. */
    private static final int ATTEMPTS = 1_000;

    /** Copies the list. */
    public Scenario {
        migration = List.copyOf(migration);
    }

    /**
     * The same seed gives the same scenario; every fourth one has no fault, the others have kinds and places in turn.
     *
     * @throws IllegalStateException if no schema and workload were found in which the fault has a place
     */
    public static Scenario of(long seed) {
        Chance chance = new Chance(seed);
        long clean = Math.floorMod(seed, (long) CLEAN_EVERY);
        if (clean == 0) {
            Schema schema = new SchemaGrammar(chance.split()).draw();
            Workload workload = new WorkloadGrammar(chance.split(), schema).draw();
            return of(seed, chance, schema, workload, Optional.empty());
        }
        FaultCell cell = FaultCell.at(Math.floorDiv(seed, (long) CLEAN_EVERY) * (CLEAN_EVERY - 1) + clean - 1);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Schema schema = new SchemaGrammar(chance.split()).draw();
            Workload workload = new WorkloadGrammar(chance.split(), schema).draw();
            Optional<Fault> fault = new FaultGrammar(chance.split(), schema, workload).draw(cell);
            if (fault.isPresent()) {
                return of(seed, chance, schema, workload, fault);
            }
        }
        throw new IllegalStateException("seed=" + seed + " fault=" + cell + " attempts=" + ATTEMPTS
                + ": expected a schema and workload with a place for it");
    }

    private static Scenario of(long seed, Chance chance, Schema schema, Workload workload, Optional<Fault> fault) {
        Set<String> spared = fault.map(f -> Set.of(f.object(), f.object() + "." + f.column()))
                .orElse(Set.of());
        return new Scenario(seed, schema, workload, new MigrationGrammar(chance.split(), schema, spared).draw(), fault);
    }

    /** What is wrong with the rehearsal itself; only where the migration has no fault. */
    public Setup setup() {
        return fault.isPresent() ? Setup.RIGHT : Setup.of(seed);
    }

    /** What makes a copy another one: a row that nobody reads and nothing refers to is gone. */
    public String spoiling() {
        Table last = schema.tables().get(schema.tables().size() - 1);
        return "DELETE FROM " + last.name() + " WHERE " + last.number() + " = " + last.rows();
    }

    /** Makes the database as it is before the migration; the role must be there. */
    public void create(Connection superuser) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            for (String sql : schema.ddl()) {
                statement.execute(sql);
            }
            for (String sql : schema.rows()) {
                statement.execute(sql);
            }
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + Schema.ROLE);
            statement.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO " + Schema.ROLE);
        }
    }

    /** What makes the role of the workload's sessions, once per server. */
    public static String role() {
        return "DO $$ BEGIN CREATE ROLE " + Schema.ROLE + " LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$";
    }

    /** What makes the schema, statement by statement. */
    public List<String> ddl() {
        return schema.ddl();
    }

    /** Whether there is a data column, or a computed one, of that name in that table. */
    public boolean isColumn(String table, String column) {
        return schema.tables().stream()
                .anyMatch(t -> t.name().equals(table)
                        && (t.column(column).isPresent() || t.twice().equals(column)));
    }

    /** Whether the server computes a {@code table.column} from another. */
    public boolean isComputedFrom(String ref, String other) {
        return schema.tables().stream()
                .anyMatch(table -> table.computed()
                        && table.ref(table.twice()).equals(ref)
                        && table.ref(table.name() + "_amount").equals(other));
    }

    /** In what two copies of its database differ. */
    public Truth truth(Connection control, Connection candidate) throws SQLException, IOException {
        return Oracle.compare(schema, control, candidate);
    }

    /** Where the truth is not what the scenario says of itself: the grammar is wrong then, and nothing can be judged. */
    public List<String> contradictions(Truth truth) {
        String differing = " " + truth.cells() + truth.rows();
        if (setup() != Setup.RIGHT) {
            return List.of();
        }
        if (fault.isEmpty()) {
            return truth.sameData() ? List.of() : List.of("a clean migration changed data:" + differing);
        }
        Fault planted = fault.get();
        if (planted.kind().schemaClass().isEmpty()) {
            String ref = planted.object() + "." + planted.column();
            boolean shown = truth.cells().containsKey(ref) || truth.rows().containsKey(ref);
            boolean alone = Stream.concat(truth.cells().keySet().stream(), truth.rows().keySet().stream())
                    .allMatch(other -> other.equals(ref) || isComputedFrom(other, ref));
            return shown && alone ? List.of() : List.of("the fault should show in " + ref + " alone:" + differing);
        }
        if (!truth.sameData()) {
            return List.of("a fault of the schema changed data:" + differing);
        }
        boolean told = Stream.concat(truth.onlyControl().stream(), truth.onlyCandidate().stream())
                .anyMatch(line -> line.contains(planted.object()));
        return told ? List.of() : List.of("the fault should show in the catalog of " + planted.object());
    }

    /**
     * Whether the migration must not pass because of its fault; else the fault must be named.
     *
     * @param after in what the two copies differ after the workload was replayed on both
     */
    public boolean forbidsGo(Truth after) {
        return fault.isPresent()
                && switch (fault.get().kind().demand()) {
                    case NO_GO -> true;
                    case NO_GO_WHERE_WRITTEN ->
                        workload.units().stream()
                                .anyMatch(unit ->
                                        unit.locks().contains(fault.get().object()));
                    case NO_GO_WHERE_EFFECTIVE ->
                        after.cells()
                                .containsKey(
                                        fault.get().object() + "." + fault.get().column());
                    case NAMED -> false;
                };
    }

    /** The whole migration, fault included. */
    public List<String> script() {
        return fault.map(f ->
                        Stream.concat(migration.stream(), Stream.of(f.sql())).toList())
                .orElse(migration);
    }

    /** Runs the migration. */
    public void migrate(Connection superuser) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            for (String sql : script()) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new SQLException("seed=" + seed + " migration=" + sql + ": " + e.getMessage(), e);
                }
            }
        }
    }
}
