package dev.understudy.trace.catalog;

import dev.understudy.trace.Values;

/** Random catalogs: every field takes every value that the format must carry. */
public final class RandomCatalogs {
    private RandomCatalogs() {}

    public static Catalog catalog(Values v) {
        return new CatalogBuilder(v.text())
                .identity(v.text(), v.anyInt(), v.anyInt(), v.anyInt())
                .settings(v.map(Values::text))
                .extensions(v.map(Values::text))
                .collations(v.map(Values::text))
                .schemas(v.list(x -> new Catalog.Schema(x.text(), x.text(), x.textOrNull())))
                .types(v.list(RandomCatalogs::type))
                .relations(v.list(RandomCatalogs::relation))
                .sequences(v.list(RandomCatalogs::sequence))
                .constraints(v.list(RandomCatalogs::constraint))
                .indexes(v.list(RandomCatalogs::index))
                .triggers(v.list(
                        x -> new Catalog.Trigger(x.text(), x.text(), x.text(), x.character(), x.character(), x.text())))
                .policies(v.list(x -> new Catalog.Policy(
                        x.text(),
                        x.text(),
                        x.text(),
                        x.coin(),
                        x.character(),
                        x.texts(),
                        x.textOrNull(),
                        x.textOrNull())))
                .functions(v.list(RandomCatalogs::function))
                .roles(v.list(
                        x -> new Catalog.Role(x.text(), x.coin(), x.coin(), x.coin(), x.coin(), x.texts(), x.texts())))
                .build();
    }

    public static Catalog.Sequence sequence(Values v) {
        return new Catalog.Sequence(
                v.text(),
                v.text(),
                v.text(),
                v.any(),
                v.coin(),
                v.any(),
                v.any(),
                v.any(),
                v.any(),
                v.coin(),
                v.any(),
                v.textOrNull());
    }

    private static Catalog.Type type(Values v) {
        return new Catalog.Type(
                v.anyInt(),
                v.text(),
                v.text(),
                v.character(),
                v.anyInt(),
                v.anyInt(),
                v.anyInt(),
                v.texts(),
                v.textOrNull());
    }

    private static Catalog.Relation relation(Values v) {
        return new Catalog.Relation(
                v.anyInt(),
                v.text(),
                v.text(),
                v.character(),
                v.character(),
                v.text(),
                v.coin(),
                v.coin(),
                v.textOrNull(),
                v.textOrNull(),
                v.coin(),
                v.texts(),
                v.textOrNull(),
                v.textOrNull(),
                v.texts(),
                v.list(RandomCatalogs::attribute));
    }

    private static Catalog.Attribute attribute(Values v) {
        return new Catalog.Attribute(
                v.anyInt(),
                v.text(),
                v.anyInt(),
                v.text(),
                v.anyInt(),
                v.coin(),
                v.textOrNull(),
                v.character(),
                v.character(),
                v.textOrNull(),
                v.textOrNull());
    }

    private static Catalog.Constraint constraint(Values v) {
        return new Catalog.Constraint(
                v.text(),
                v.text(),
                v.text(),
                v.character(),
                v.coin(),
                v.coin(),
                v.coin(),
                v.numbers(),
                v.textOrNull(),
                v.numbers(),
                v.text());
    }

    private static Catalog.Index index(Values v) {
        return new Catalog.Index(
                v.text(), v.text(), v.text(), v.coin(), v.coin(), v.coin(), v.coin(), v.numbers(), v.text());
    }

    private static Catalog.Function function(Values v) {
        return new Catalog.Function(
                v.anyInt(),
                v.text(),
                v.text(),
                v.text(),
                v.text(),
                v.character(),
                v.character(),
                v.character(),
                v.coin(),
                v.coin(),
                v.text(),
                v.text(),
                v.textOrNull(),
                v.text());
    }
}
