package dev.understudy.trace.catalog;

import java.util.List;
import java.util.Map;

/** What the goldens of format version 1 hold as a catalog. Never changed. */
public final class SampleCatalog {
    private SampleCatalog() {}

    public static Catalog catalog() {
        return new CatalogBuilder("shop")
                .identity("7301234567890123456", 1, 16384, 150008)
                .settings(Map.of("TimeZone", "Etc/UTC", "server_encoding", "UTF8"))
                .extensions(Map.of("pgcrypto", "1.3"))
                .collations(Map.of("pg_catalog.de-x-icu", "provider=i locale=de version=153.112"))
                .schemas(List.of(new Catalog.Schema("public", "pg_database_owner", "{=U/pg_database_owner}")))
                .types(List.of(
                        new Catalog.Type(23, "pg_catalog", "int4", 'b', 0, 0, 0, List.of(), null),
                        new Catalog.Type(-5, "public", "mood", 'e', 0, 0, 0, List.of("sad", "ok", "très bien"), null),
                        new Catalog.Type(
                                16_500, "public", "positive", 'd', 0, 23, 0, List.of(), "integer NOT NULL DEFAULT 1")))
                .relations(List.of(
                        new Catalog.Relation(
                                16_390,
                                "public",
                                "orders",
                                'p',
                                'p',
                                "shop",
                                true,
                                false,
                                "{shop=arwdDxt/shop}",
                                null,
                                false,
                                List.of(),
                                null,
                                "RANGE (id)",
                                List.of(),
                                List.of(
                                        new Catalog.Attribute(
                                                1, "id", 20, "bigint", -1, true, null, 'a', Catalog.NONE, null, null),
                                        new Catalog.Attribute(
                                                3,
                                                "note",
                                                1043,
                                                "character varying(20)",
                                                24,
                                                false,
                                                "'-'::character varying",
                                                Catalog.NONE,
                                                Catalog.NONE,
                                                "pg_catalog.de-x-icu",
                                                "{reader=r/shop}"))),
                        new Catalog.Relation(
                                16_400,
                                "public",
                                "orders_1",
                                'r',
                                'u',
                                "shop",
                                false,
                                true,
                                null,
                                null,
                                true,
                                List.of("public.orders"),
                                "FOR VALUES FROM (0) TO (100)",
                                null,
                                List.of("fillfactor=70"),
                                List.of())))
                .sequences(List.of(new Catalog.Sequence(
                        "public",
                        "orders_id_seq",
                        "bigint",
                        4_242,
                        true,
                        1,
                        -1,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        false,
                        20,
                        "public.orders.id")))
                .constraints(List.of(new Catalog.Constraint(
                        "public",
                        "orders",
                        "orders_user_fk",
                        'f',
                        false,
                        true,
                        false,
                        List.of(2),
                        "public.users",
                        List.of(1),
                        "FOREIGN KEY (user_id) REFERENCES users(id) DEFERRABLE NOT VALID")))
                .indexes(
                        List.of(
                                new Catalog.Index(
                                        "public",
                                        "orders",
                                        "orders_lower",
                                        true,
                                        false,
                                        false,
                                        true,
                                        List.of(0, 1),
                                        "CREATE UNIQUE INDEX orders_lower ON ONLY public.orders USING btree (lower(note), id) WHERE (id > 0)")))
                .triggers(List.of(new Catalog.Trigger(
                        "public", "orders", "audit", 't', 'O', "CREATE TRIGGER audit AFTER INSERT ON public.orders")))
                .policies(List.of(new Catalog.Policy(
                        "public", "orders", "own", true, '*', List.of("PUBLIC"), "(owner = CURRENT_USER)", null)))
                .functions(List.of(new Catalog.Function(
                        16_450,
                        "public",
                        "tax",
                        "numeric",
                        "numeric",
                        'f',
                        'i',
                        's',
                        true,
                        false,
                        "sql",
                        "shop",
                        null,
                        "CREATE FUNCTION tax")))
                .roles(List.of(new Catalog.Role(
                        "reader", false, true, false, true, List.of("readers"), List.of("search_path=shop"))))
                .build();
    }
}
