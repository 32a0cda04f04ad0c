package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Catalogs;
import dev.understudy.trace.catalog.Catalog;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerCatalogTest {
    private static final int INT4 = 23;

    private static Catalogs shop() {
        return Catalogs.catalog(16_400).table(16_400, "t", "*id int4", "!a int4", "b int4", "!c int4");
    }

    private static List<List<String>> keys(Catalogs catalog) {
        return new ServerCatalog(catalog.build()).uniqueKeys("t");
    }

    /** Chapter 11.6: NULLs are distinct in a unique index, so that it may hold rows of one key. */
    @Test
    void aKeyIsThePrimaryOneOrAUniqueIndexWithoutNulls() {
        List<String> primary = List.of("id");
        assertThat(keys(shop())).containsExactly(primary);
        assertThat(keys(shop().unique("u", "t", true, false, 2))).containsExactly(primary, List.of("a"));
        assertThat(keys(shop().unique("u", "t", true, false, 4, 2))).containsExactly(primary, List.of("c", "a"));
        assertThat(keys(shop().unique("u", "t", true, false, 3))).as("nullable").containsExactly(primary);
        assertThat(keys(shop().unique("u", "t", true, false, 2, 3)))
                .as("nullable in part")
                .containsExactly(primary);
        assertThat(keys(shop().unique("u", "t", true, true, 2))).as("partial").containsExactly(primary);
        assertThat(keys(shop().unique("u", "t", false, false, 2))).as("invalid").containsExactly(primary);
        assertThat(keys(shop().unique("u", "t", true, false, 0)))
                .as("an expression's")
                .containsExactly(primary);
        assertThat(keys(shop().unique("u", "t", true, false))).as("of nothing").containsExactly(primary);
        assertThat(keys(shop().unique("u", "gone", true, false, 2)))
                .as("another table's")
                .containsExactly(primary);
        assertThat(keys(shop().index("i", "t"))).as("not unique").containsExactly(primary);
        assertThat(keys(shop().constraint("c", "t", "CHECK (a > 0)", true)))
                .as("no key")
                .containsExactly(primary);
        assertThat(new ServerCatalog(shop().build()).uniqueKeys("unknown")).isEmpty();
    }

    @Test
    void aBareNameIsPublicsElseThatOfTheFirstSchema() {
        Catalog catalog = Catalogs.catalog(16_400)
                .table("t", "*x int4")
                .in("archive")
                .table("t", "*y int4")
                .table("t", "*z int4")
                .in("work")
                .table("u", "*x int4")
                .in("archive")
                .table("u", "*y int4")
                .in("work")
                .build();
        ServerCatalog server = new ServerCatalog(catalog);
        assertThat(server.uniqueKeys("t")).containsExactly(List.of("y"));
        assertThat(server.uniqueKeys("u")).containsExactly(List.of("x"));
        assertThat(server.uniqueKeys("work.u")).containsExactly(List.of("y"));
    }

    @Test
    void anExpressionComesFromNowhere() {
        ServerCatalog server = new ServerCatalog(shop().build());
        assertThat(server.relation(column("x", INT4))).isNull();
        assertThat(server.attribute(column("x", INT4))).isNull();
        assertThat(server.attributeNumber(column("x", INT4))).isZero();
        assertThat(server.origin(column("x", INT4))).isEmpty();
        assertThat(server.place(column("x", INT4))).isEmpty();
        assertThat(server.viewQuery(column("x", INT4))).isNull();
    }

    @Test
    void aColumnComesFromItsTableWhateverItIsCalledInTheResult() {
        ServerCatalog server = new ServerCatalog(shop().build());
        assertThat(server.origin(column("x", INT4, 16_400, 2))).isEqualTo("public.t.a");
        assertThat(server.place(column("x", INT4, 16_400, 2))).isEqualTo("public.t#2");
        assertThat(server.origin(column("x", INT4, 16_400, 9)))
                .as("a system column")
                .isEmpty();
        assertThat(server.origin(column("x", INT4, 99, 1)))
                .as("an unknown table")
                .isEmpty();
    }

    @Test
    void onlyAViewHasAQuery() {
        ServerCatalog server = new ServerCatalog(shop().view(16_500, "v", "SELECT a + 1 AS more FROM t", "more int4")
                .build());
        assertThat(server.viewQuery(column("more", INT4, 16_500, 1))).isEqualTo("SELECT a + 1 AS more FROM t");
        assertThat(server.viewQuery(column("a", INT4, 16_400, 2))).isNull();
    }

    @Test
    void anExpressionMayNameOneColumnOfItsStatementsTables() {
        ServerCatalog server =
                new ServerCatalog(shop().table("other", "*id int4", "d int4").build());
        assertThat(server.onlyColumn(Set.of("t"), Set.of("a", "lower"))).isEqualTo("public.t.a");
        assertThat(server.onlyColumn(Set.of("public.t"), Set.of("a"))).isEqualTo("public.t.a");
        assertThat(server.onlyColumn(Set.of("t"), Set.of("a", "b"))).as("two").isEmpty();
        assertThat(server.onlyColumn(Set.of("t", "other"), Set.of("id")))
                .as("of two tables")
                .isEmpty();
        assertThat(server.onlyColumn(Set.of("t"), Set.of("d")))
                .as("another table's")
                .isEmpty();
        assertThat(server.onlyColumn(Set.of(), Set.of("a"))).isEmpty();
    }
}
