package dev.understudy.trace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("majors")
class CatalogReaderIT {
    private final int major;
    private Connection connection;

    CatalogReaderIT(int major) {
        this.major = major;
    }

    static List<Integer> majors() {
        return TestServers.majors();
    }

    @BeforeEach
    void open() throws SQLException {
        connection = TestServers.newDatabase(major);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void readsTheIdentity() throws SQLException {
        Catalog catalog = CatalogReader.read(connection);
        assertThat(catalog.systemIdentifier()).matches("[0-9]{15,20}");
        assertThat(catalog.timeline()).isEqualTo(1);
        assertThat(catalog.database()).startsWith("test_");
        assertThat(catalog.databaseOid()).isGreaterThan(16_000);
        assertThat(catalog.serverVersion() / 10_000).isEqualTo(major);
        assertThat(catalog.relations()).isEmpty();
        assertThat(catalog.sequences()).isEmpty();
        assertThat(catalog.types()).anySatisfy(type -> {
            assertThat(type.oid()).isEqualTo(1007);
            assertThat(type.qualifiedName()).isEqualTo("pg_catalog._int4");
            assertThat(type.element()).isEqualTo(23);
        });
        assertThat(catalog.extensions()).containsKey("plpgsql");
        assertThat(catalog.roles()).anySatisfy(role -> {
            assertThat(role.name()).isEqualTo("postgres");
            assertThat(role.superuser()).isTrue();
        });
    }

    @Test
    void readsTheServersSettingsNotTheDriversNorTheSessions() throws SQLException {
        execute("SET search_path = nowhere", "SET TimeZone = 'Asia/Tokyo'");
        String database = CatalogReader.read(connection).database();
        execute(
                "ALTER DATABASE " + database + " SET search_path = shop, public",
                "ALTER DATABASE " + database + " SET TimeZone = 'Europe/Paris'");
        try (Connection fresh = TestServers.connect(major, database)) {
            Map<String, String> settings = CatalogReader.read(fresh).settings();
            assertThat(settings)
                    .containsEntry("search_path", "shop, public")
                    .containsEntry("TimeZone", "Europe/Paris")
                    .containsEntry("server_encoding", "UTF8")
                    .containsEntry("lc_collate", "C")
                    .containsEntry("standard_conforming_strings", "on")
                    .containsEntry("default_transaction_isolation", "read committed")
                    .containsEntry("max_identifier_length", "63")
                    .containsEntry("bytea_output", "hex")
                    .containsEntry("IntervalStyle", "postgres")
                    .containsEntry("extra_float_digits", "1");
            assertThat(settings.get("DateStyle").toUpperCase(Locale.ROOT)).contains("ISO");
        }
        assertThat(only("SHOW search_path")).isEqualTo("nowhere");
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    void readsTablesColumnsAndTypes() throws SQLException {
        execute(
                "CREATE SCHEMA shop",
                "CREATE TYPE shop.status AS ENUM ('new', 'paid', 'sent')",
                "ALTER TYPE shop.status ADD VALUE 'packed' BEFORE 'sent'",
                "CREATE DOMAIN shop.amount AS numeric(10,2) DEFAULT 0 CHECK (VALUE >= 0)",
                "CREATE TYPE shop.span AS RANGE (subtype = float8)",
                "CREATE TYPE shop.pair AS (a int, b text)",
                "CREATE TABLE shop.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, gone int,"
                        + " status shop.status NOT NULL DEFAULT 'new', total shop.amount, code varchar(7) COLLATE \"POSIX\","
                        + " twice numeric GENERATED ALWAYS AS (total * 2) STORED) WITH (fillfactor = 70)",
                "ALTER TABLE shop.orders DROP COLUMN gone");
        Catalog catalog = CatalogReader.read(connection);

        Catalog.Relation orders = relation(catalog, "shop.orders");
        assertThat(orders.kind()).isEqualTo('r');
        assertThat(orders.options()).containsExactly("fillfactor=70");
        assertThat(orders.attributes())
                .extracting(
                        Catalog.Attribute::number,
                        Catalog.Attribute::name,
                        Catalog.Attribute::typeName,
                        Catalog.Attribute::notNull,
                        Catalog.Attribute::defaultValue,
                        Catalog.Attribute::identity,
                        Catalog.Attribute::generated,
                        Catalog.Attribute::collation)
                .containsExactly(
                        tuple(1, "id", "bigint", true, null, 'a', ' ', null),
                        tuple(3, "status", "shop.status", true, "'new'::shop.status", ' ', ' ', null),
                        tuple(4, "total", "shop.amount", false, null, ' ', ' ', null),
                        tuple(5, "code", "character varying(7)", false, null, ' ', ' ', "pg_catalog.POSIX"),
                        tuple(6, "twice", "numeric", false, "((total)::numeric * (2)::numeric)", ' ', 's', null));
        assertThat(type(catalog, "shop.status").labels()).containsExactly("new", "paid", "packed", "sent");
        assertThat(type(catalog, "shop.status").kind()).isEqualTo('e');
        assertThat(type(catalog, "shop.amount").definition()).isEqualTo("numeric(10,2) DEFAULT 0");
        assertThat(type(catalog, "shop.amount").base()).isEqualTo(1700);
        assertThat(type(catalog, "shop.span").base()).isEqualTo(701);
        assertThat(type(catalog, "shop.pair").relation())
                .isEqualTo(relation(catalog, "shop.pair").oid());
        assertThat(type(catalog, "shop.pair").kind()).isEqualTo('c');
        assertThat(type(catalog, "shop._status").element())
                .isEqualTo(type(catalog, "shop.status").oid());
        assertThat(orders.attributes().get(1).typeOid())
                .isEqualTo(type(catalog, "shop.status").oid());
        assertThat(catalog.schemas()).extracting(Catalog.Schema::name).containsExactly("public", "shop");
        assertThat(catalog.collations()).containsKey("pg_catalog.POSIX");
        assertThat(catalog.constraints())
                .filteredOn(constraint -> constraint.kind() == 'c')
                .extracting(Catalog.Constraint::relation)
                .containsExactly("amount");
    }

    @Test
    void readsSequencesWhereTheyStand() throws SQLException {
        execute(
                "CREATE TABLE a (id serial, other int GENERATED BY DEFAULT AS IDENTITY)",
                "CREATE SEQUENCE fresh AS smallint INCREMENT -2 START -5 CACHE 3 CYCLE",
                "CREATE SEQUENCE \"Od\"\"d\"",
                "SELECT nextval('a_id_seq'), nextval('a_id_seq')",
                "SELECT setval('a_other_seq', 41, false)");
        List<Catalog.Sequence> sequences = CatalogReader.read(connection).sequences();
        assertThat(sequences)
                .containsExactly(
                        new Catalog.Sequence(
                                "public", "Od\"d", "bigint", 1, false, 1, 1, 1, Long.MAX_VALUE, false, 1, null),
                        new Catalog.Sequence(
                                "public",
                                "a_id_seq",
                                "integer",
                                2,
                                true,
                                1,
                                1,
                                1,
                                Integer.MAX_VALUE,
                                false,
                                1,
                                "public.a.id"),
                        new Catalog.Sequence(
                                "public",
                                "a_other_seq",
                                "integer",
                                41,
                                false,
                                1,
                                1,
                                1,
                                Integer.MAX_VALUE,
                                false,
                                1,
                                "public.a.other"),
                        new Catalog.Sequence(
                                "public", "fresh", "smallint", -5, false, -5, -2, Short.MIN_VALUE, -1, true, 3, null));
    }

    @Test
    void readsConstraintsAndIndexes() throws SQLException {
        execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text, age int)",
                "CREATE TABLE orders (id int, user_id int, UNIQUE (user_id, id) DEFERRABLE INITIALLY DEFERRED)",
                "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID",
                "ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17)",
                "CREATE UNIQUE INDEX mail ON users (lower(email), id) INCLUDE (age) WHERE age > 20",
                "CREATE INDEX broken ON users (age)",
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass");
        Catalog catalog = CatalogReader.read(connection);

        assertThat(catalog.constraints())
                .filteredOn(constraint -> constraint.kind() != 'n')
                .extracting(
                        Catalog.Constraint::relation,
                        Catalog.Constraint::name,
                        Catalog.Constraint::kind,
                        Catalog.Constraint::validated,
                        Catalog.Constraint::deferred,
                        Catalog.Constraint::columns,
                        Catalog.Constraint::referenced,
                        Catalog.Constraint::referencedColumns,
                        Catalog.Constraint::definition)
                .containsExactly(
                        tuple(
                                "orders",
                                "fk",
                                'f',
                                false,
                                false,
                                List.of(2),
                                "public.users",
                                List.of(1),
                                "FOREIGN KEY (user_id) REFERENCES public.users(id) NOT VALID"),
                        tuple(
                                "orders",
                                "orders_user_id_id_key",
                                'u',
                                true,
                                true,
                                List.of(2, 1),
                                null,
                                List.of(),
                                "UNIQUE (user_id, id) DEFERRABLE INITIALLY DEFERRED"),
                        tuple("users", "adult", 'c', true, false, List.of(3), null, List.of(), "CHECK ((age > 17))"),
                        tuple(
                                "users",
                                "users_pkey",
                                'p',
                                true,
                                false,
                                List.of(1),
                                null,
                                List.of(),
                                "PRIMARY KEY (id)"));
        assertThat(catalog.indexes())
                .extracting(
                        Catalog.Index::name,
                        Catalog.Index::unique,
                        Catalog.Index::primary,
                        Catalog.Index::valid,
                        Catalog.Index::partial,
                        Catalog.Index::columns)
                .containsExactly(
                        tuple("orders_user_id_id_key", true, false, true, false, List.of(2, 1)),
                        tuple("broken", false, false, false, false, List.of(3)),
                        tuple("mail", true, false, true, true, List.of(0, 1)),
                        tuple("users_pkey", true, true, true, false, List.of(1)));
        assertThat(catalog.indexes().get(2).definition())
                .isEqualTo("CREATE UNIQUE INDEX mail ON public.users USING btree (lower(email), id) INCLUDE (age)"
                        + " WHERE (age > 20)");
    }

    @Test
    void readsPartitionsAndInheritance() throws SQLException {
        execute(
                "CREATE TABLE events (day date, n int) PARTITION BY RANGE (day)",
                "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
                "CREATE TABLE base (n int)",
                "CREATE TABLE child (m int) INHERITS (base)",
                "CREATE UNLOGGED TABLE fast (n int)",
                "CREATE TEMP TABLE mine (n serial)");
        Catalog catalog = CatalogReader.read(connection);
        assertThat(catalog.relations())
                .extracting(
                        Catalog.Relation::name,
                        Catalog.Relation::kind,
                        Catalog.Relation::persistence,
                        Catalog.Relation::partition,
                        Catalog.Relation::parents,
                        Catalog.Relation::partitionBound,
                        Catalog.Relation::partitionKey)
                .containsExactly(
                        tuple("base", 'r', 'p', false, List.of(), null, null),
                        tuple("child", 'r', 'p', false, List.of("public.base"), null, null),
                        tuple("events", 'p', 'p', false, List.of(), null, "RANGE (day)"),
                        tuple(
                                "events_1",
                                'r',
                                'p',
                                true,
                                List.of("public.events"),
                                "FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
                                null),
                        tuple("fast", 'r', 'u', false, List.of(), null, null));
    }

    @Test
    void readsViewsTriggersFunctionsPoliciesAndGrants() throws SQLException {
        String reader = "reader_" + CatalogReader.read(connection).database();
        execute(
                "CREATE ROLE " + reader + " NOINHERIT",
                "ALTER ROLE " + reader + " SET statement_timeout = '5s'",
                "GRANT pg_monitor TO " + reader,
                "CREATE TABLE t (id int, secret text)",
                "CREATE VIEW v WITH (security_barrier) AS SELECT id FROM t",
                "CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM v",
                "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE FUNCTION tax(numeric) RETURNS numeric IMMUTABLE STRICT LANGUAGE sql AS 'SELECT $1 * 0.2'",
                "CREATE PROCEDURE tidy(INOUT n int) LANGUAGE plpgsql AS 'BEGIN n := 1; END'",
                "CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int, initcond = 0)",
                "CREATE TRIGGER a AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION audit()",
                "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING",
                "ALTER TABLE t DISABLE TRIGGER a",
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE t FORCE ROW LEVEL SECURITY",
                "CREATE POLICY own ON t AS RESTRICTIVE FOR UPDATE TO " + reader + ", postgres USING (id > 0)",
                "GRANT SELECT ON v TO " + reader,
                "GRANT SELECT (id) ON t TO " + reader,
                "REVOKE EXECUTE ON FUNCTION tax FROM PUBLIC");
        Catalog catalog = CatalogReader.read(connection);

        assertThat(relation(catalog, "public.v").definition()).contains("FROM public.t");
        assertThat(relation(catalog, "public.v").options()).containsExactly("security_barrier=true");
        assertThat(relation(catalog, "public.v").acl()).contains(reader + "=r/postgres");
        assertThat(relation(catalog, "public.m").definition()).contains("count(*)");
        Catalog.Relation table = relation(catalog, "public.t");
        assertThat(table.rowSecurity()).isTrue();
        assertThat(table.forceRowSecurity()).isTrue();
        assertThat(table.acl()).isNull();
        assertThat(table.attributes().get(0).acl()).isEqualTo("{" + reader + "=r/postgres}");
        assertThat(catalog.triggers())
                .extracting(Catalog.Trigger::name, Catalog.Trigger::kind, Catalog.Trigger::enabled)
                .containsExactly(tuple("r", 'r', 'O'), tuple("a", 't', 'D'));
        assertThat(catalog.policies())
                .containsExactly(new Catalog.Policy(
                        "public", "t", "own", false, 'w', List.of("postgres", reader), "(id > 0)", null));
        assertThat(catalog.functions())
                .extracting(
                        Catalog.Function::signature,
                        Catalog.Function::result,
                        Catalog.Function::kind,
                        Catalog.Function::volatility,
                        Catalog.Function::strict,
                        Catalog.Function::language)
                .containsExactly(
                        tuple("public.audit()", "trigger", 'f', 'v', false, "plpgsql"),
                        tuple("public.tax(numeric)", "numeric", 'f', 'i', true, "sql"),
                        tuple("public.tidy(INOUT n integer)", "", 'p', 'v', false, "plpgsql"),
                        tuple("public.total(integer)", "integer", 'a', 'i', false, "internal"));
        assertThat(catalog.functions().get(1).acl()).isEqualTo("{postgres=X/postgres}");
        assertThat(catalog.functions().get(1).definition()).contains("$1 * 0.2");
        assertThat(catalog.functions().get(3).definition()).isEmpty();
        assertThat(catalog.roles())
                .contains(new Catalog.Role(
                        reader, false, false, false, false, List.of("pg_monitor"), List.of("statement_timeout=5s")));
        execute("DROP OWNED BY " + reader);
    }

    @Test
    void aGrantThatEqualsTheDefaultIsTheDefault() throws SQLException {
        execute("CREATE TABLE t (n int)");
        Catalog before = CatalogReader.read(connection);
        execute("GRANT SELECT ON t TO PUBLIC", "REVOKE SELECT ON t FROM PUBLIC");
        assertThat(CatalogReader.read(connection).relations()).isEqualTo(before.relations());
    }

    @Test
    void leavesEmptyWhatARoleMayNotSee() throws SQLException {
        String database = CatalogReader.read(connection).database();
        String nobody = "nobody_" + database;
        execute(
                "CREATE ROLE " + nobody + " LOGIN",
                "CREATE SEQUENCE hidden START 7",
                "SELECT nextval('hidden')",
                "REVOKE EXECUTE ON FUNCTION pg_control_system(), pg_control_checkpoint() FROM PUBLIC");
        try (Connection plain = TestServers.connect(major, database, nobody)) {
            Catalog catalog = CatalogReader.read(plain);
            assertThat(catalog.systemIdentifier()).isEmpty();
            assertThat(catalog.timeline()).isZero();
            assertThat(catalog.sequences())
                    .extracting(Catalog.Sequence::lastValue)
                    .containsExactly(7L);
            assertThat(catalog.settings()).containsKey("server_encoding");
        }
    }

    @Test
    void joinsTheCallersTransaction() throws SQLException {
        connection.setAutoCommit(false);
        execute("CREATE TABLE uncommitted (n int)", "SET LOCAL search_path = public");
        assertThat(CatalogReader.read(connection).relations())
                .extracting(Catalog.Relation::name)
                .containsExactly("uncommitted");
        assertThat(only("SHOW search_path")).isEqualTo("public");
        connection.rollback();
        connection.setAutoCommit(true);
        assertThat(CatalogReader.read(connection).relations()).isEmpty();
    }

    /** A reader that meets a DDL waits a while and begins anew, instead of queueing for as long as the DDL takes. */
    @Test
    void readsBehindADdlThatEnds() throws Exception {
        execute("CREATE SEQUENCE s", "CREATE VIEW v AS SELECT 1 AS one");
        String database = CatalogReader.read(connection).database();
        try (Connection ddl = TestServers.connect(major, database);
                Statement statement = ddl.createStatement()) {
            ddl.setAutoCommit(false);
            statement.execute("DROP SEQUENCE s");
            CompletableFuture<Catalog> reading = CompletableFuture.supplyAsync(() -> {
                try {
                    return CatalogReader.read(connection);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            awaitWaiter(statement);
            ddl.commit();
            assertThat(reading.get(30, TimeUnit.SECONDS).relations())
                    .extracting(Catalog.Relation::name)
                    .containsExactly("v");
        }
        assertThat(only("SHOW lock_timeout")).isEqualTo("0");
    }

    private static void awaitWaiter(Statement statement) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> {
            try (var row = statement.executeQuery(
                    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")) {
                row.next();
                return row.getInt(1) > 0;
            }
        });
    }

    private static Catalog.Relation relation(Catalog catalog, String name) {
        return catalog.relations().stream()
                .filter(relation -> relation.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Catalog.Type type(Catalog catalog, String name) {
        return catalog.types().stream()
                .filter(type -> type.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String only(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
