package dev.understudy.replay.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.value.Value;
import dev.understudy.replay.access.Schemas;
import dev.understudy.trace.catalog.Catalog;
import org.junit.jupiter.api.Test;

class DomainsTest {
    private static Domains of(Schemas schemas) {
        Catalog catalog = schemas.build();
        return Domains.of(catalog);
    }

    private static Domain domain(Domains domains, String table, String column) {
        Column found = domains.column("", table, column);
        return found == null ? null : found.domain();
    }

    @Test
    void aSequenceAndAllThatRefersToItsColumnsAreOne() {
        Domains domains = of(new Schemas()
                .table("orders", "id int4 nextval('orders_id_seq'::regclass)", "qty int4")
                .table("items", "order_id int4", "line int4")
                .table("returns", "order_id int8")
                .table("archive", "id int8 (nextval('public.orders_id_seq'::regclass))::bigint")
                .view("open_orders", " SELECT o.id AS number, o.qty FROM orders o;", "number int4", "qty int4")
                .foreignKey("items", 1, "orders", 1, "")
                .foreignKey("returns", 1, "items", 1, "")
                .sequence("orders_id_seq", 10));

        Domain sequence = domains.sequence("public.orders_id_seq");
        assertThat(sequence).isNotNull().isSameAs(domains.sequence("\"orders_id_seq\""));
        assertThat(domain(domains, "orders", "id")).isSameAs(sequence);
        assertThat(domain(domains, "items", "order_id")).isSameAs(sequence);
        assertThat(domain(domains, "archive", "id")).isSameAs(sequence);
        assertThat(domain(domains, "returns", "order_id")).isSameAs(sequence);
        assertThat(domain(domains, "open_orders", "number")).isSameAs(sequence);
        assertThat(domains.column(Schemas.oidOf(0), 1).domain()).isSameAs(sequence);
        assertThat(domain(domains, "orders", "qty")).isNull();
        assertThat(domain(domains, "items", "line")).isNull();
        assertThat(domain(domains, "open_orders", "qty")).isNull();
    }

    @Test
    void columnsThatGoRoundInACircleAreNone() {
        Domains domains = of(new Schemas()
                .table("a", "id int4")
                .table("b", "id int4")
                .foreignKey("a", 1, "b", 1, "")
                .foreignKey("b", 1, "a", 1, ""));

        assertThat(domain(domains, "a", "id")).isNull();
    }

    @Test
    void keysThatAClientFillsAreFollowedOnlyWhereASequenceIsFree() {
        Schemas keyed =
                new Schemas().table("branches", "id int4", "balance int4").primaryKey("branches", 1);
        assertThat(of(keyed).isEmpty())
                .as("nothing is generated: nothing is looked at")
                .isTrue();

        Domains domains = of(keyed.sequence("numbers", 1));
        assertThat(domain(domains, "branches", "id"))
                .isNotNull()
                .satisfies(key -> assertThat(key.isKey()).isTrue());
        assertThat(domain(domains, "branches", "balance")).isNull();
    }

    @Test
    void clocksFillKeysButOrdinaryColumnsSayNothing() {
        Domains domains = of(new Schemas()
                .table("events", "at timestamptz now()", "seen timestamptz now()", "id uuid gen_random_uuid()")
                .primaryKey("events", 1));

        assertThat(domain(domains, "events", "at")).isNotNull();
        assertThat(domain(domains, "events", "seen")).isNull();
        assertThat(domain(domains, "events", "id")).isNotNull();
    }

    @Test
    void onlyWhatASequenceMayHaveGivenOutSinceIsNew() {
        Domain domain = Domain.sequence("s", 5_001, 1_000, 1);

        assertThat(domain.mayBeNew(new Value.Int(4_001))).isTrue();
        assertThat(domain.mayBeNew(new Value.Int(4_000))).isFalse();
        assertThat(domain.isSameDraw(new Value.Int(5_003), new Value.Int(103), 101))
                .isTrue();
        assertThat(domain.isSameDraw(new Value.Int(5_003), new Value.Int(104), 101))
                .isFalse();
        assertThat(domain.isSameDraw(new Value.Int(5_000), new Value.Int(100), 101))
                .isFalse();
    }
}
