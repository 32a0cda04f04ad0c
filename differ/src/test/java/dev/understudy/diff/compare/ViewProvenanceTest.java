package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Requests;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.pgwire.exchange.StatementBook;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ViewOrigins;
import dev.understudy.trace.run.ViewOrigins.ViewColumn;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a result's columns come from: by relation and number on both servers, through views, whatever they are called. */
class ViewProvenanceTest {
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final String INNER = "SELECT id, mail FROM users";
    private static final String OUTER = "SELECT id AS n, mail AS address FROM mails";

    /** users, mails over it, addresses over that; {@code base} is the first OID. */
    private static Catalog catalog(int base, String mail) {
        return Catalogs.catalog(base)
                .table(base, "users", "*id int4", mail + " text")
                .view(base + 1, "mails", INNER, "id int4", "mail text")
                .view(base + 2, "addresses", OUTER, "n int4", "address text")
                .build();
    }

    private static ViewOrigins origins(int base) {
        return new ViewOrigins(
                "run",
                Arm.CONTROL,
                List.of(
                        new ViewColumn(base + 2, 1, base + 1, 1),
                        new ViewColumn(base + 2, 2, base + 1, 2),
                        new ViewColumn(base + 1, 1, base, 1),
                        new ViewColumn(base + 1, 2, base, 2)));
    }

    private static Comparison compare(
            String sql, ByteBuf left, ServerCatalog leftCatalog, ByteBuf right, ServerCatalog rightCatalog) {
        ByteBuf request = Requests.query(sql);
        return new AnswerComparison(new Statements())
                .compare(side(request, left, leftCatalog), side(request, right, rightCatalog));
    }

    private static Answer side(ByteBuf request, ByteBuf frames, ServerCatalog catalog) {
        return new Answer(Interpreter.interpret(request, frames, new StatementBook()), catalog, Map.of(), false, false);
    }

    private static ByteBuf addresses(int base, String name, String... rows) {
        var answer = answer().columns(column("n", INT4, base + 2, 1), column(name, TEXT, base + 2, 2));
        for (String row : rows) {
            answer.row(row.split(" "));
        }
        return answer.done("SELECT " + rows.length).ready();
    }

    @Test
    void aViewsColumnsAreFollowedDownToTheTable() {
        Comparison comparison = compare(
                "SELECT * FROM addresses",
                addresses(100, "address", "1 a", "2 b", "3 c"),
                new ServerCatalog(catalog(100, "mail"), origins(100)),
                addresses(900, "address", "3 c", "2 x", "1 a"),
                new ServerCatalog(catalog(900, "mail"), origins(900)));
        assertThat(comparison.differences()).singleElement().satisfies(found -> {
            assertThat(found.origin()).isEqualTo("public.users.mail");
            assertThat(found.row()).isEqualTo("n = 2");
        });
    }

    @Test
    void aColumnThatOnlyOneSideProvesHasNoOrigin() {
        Comparison comparison = compare(
                "SELECT * FROM addresses",
                addresses(100, "address", "1 a"),
                new ServerCatalog(catalog(100, "mail"), origins(100)),
                addresses(900, "address", "1 x"),
                new ServerCatalog(catalog(900, "mail"), null));
        assertThat(comparison.differences())
                .singleElement()
                .satisfies(found -> assertThat(found.origin()).isEmpty());
    }

    @Test
    void whatTheArmToldHoldsForProductionsViewsOfTheSameQuery() {
        ServerCatalog production = ServerCatalog.withViewsOf(catalog(100, "mail"), catalog(900, "mail"), origins(900));
        Field address = column("address", TEXT, 102, 2);
        assertThat(production.origin(address)).isEqualTo("public.users.mail");
        Catalog other = Catalogs.catalog(100)
                .table(100, "users", "*id int4", "mail text")
                .view(101, "mails", "SELECT id, lower(mail) AS mail FROM users", "id int4", "mail text")
                .view(102, "addresses", OUTER, "n int4", "address text")
                .build();
        assertThat(ServerCatalog.withViewsOf(other, catalog(900, "mail"), origins(900))
                        .origin(address))
                .isEqualTo("public.addresses.address");
    }

    @Test
    void viewsThatGoRoundInACircleEnd() {
        ViewOrigins circle = new ViewOrigins(
                "run", Arm.CONTROL, List.of(new ViewColumn(102, 2, 101, 2), new ViewColumn(101, 2, 102, 2)));
        assertThat(new ServerCatalog(catalog(100, "mail"), circle).origin(column("a", TEXT, 102, 2)))
                .startsWith("public.");
    }

    @Test
    void viewsAreFollowedManyLevels() {
        List<ViewColumn> levels = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            levels.add(new ViewColumn(1_000 + i + 1, 1, 1_000 + i, 1));
        }
        levels.add(new ViewColumn(1_000, 1, 100, 2));
        ServerCatalog catalog = new ServerCatalog(catalog(100, "mail"), new ViewOrigins("run", Arm.CONTROL, levels));
        assertThat(catalog.origin(column("a", TEXT, 1_020, 1))).isEqualTo("public.users.mail");
    }

    @Test
    void aRenamedColumnIsTheSameWhereItStandsInItsTable() {
        Field before = column("mail", TEXT, 100, 2);
        Field after = column("email", TEXT, 900, 2);
        Field id = column("id", INT4, 100, 1);
        Field idAfter = column("id", INT4, 900, 1);
        Field added = column("extra", TEXT, 900, 3);
        Comparison comparison = compare(
                "SELECT * FROM users",
                answer().columns(id, before).row("1", "a").done("SELECT 1").ready(),
                new ServerCatalog(catalog(100, "mail")),
                answer().columns(idAfter, added, after)
                        .row("1", "x", "b")
                        .done("SELECT 1")
                        .ready(),
                new ServerCatalog(catalog(900, "email")));
        assertThat(comparison.differences())
                .extracting(Difference::type)
                .containsExactlyInAnyOrder(
                        DifferenceClass.SHAPE_COLUMN_RENAMED,
                        DifferenceClass.SHAPE_COLUMN_ADDED,
                        DifferenceClass.VALUE_TEXT);
        assertThat(comparison.differences())
                .filteredOn(found -> found.type() == DifferenceClass.VALUE_TEXT)
                .singleElement()
                .satisfies(found -> assertThat(found.origin()).isEqualTo("public.users.mail"));
    }

    @Test
    void ofTwoColumnsOfOneNameThatIsGoneWhichComesFromElsewhere() {
        Field users = column("id", INT4, 100, 1);
        Field mails = column("id", INT4, 101, 1);
        Comparison comparison = compare(
                "SELECT * FROM users, mails",
                answer().columns(users, mails).row("1", "7").done("SELECT 1").ready(),
                new ServerCatalog(catalog(100, "mail")),
                answer().columns(column("id", INT4, 901, 1))
                        .row("7")
                        .done("SELECT 1")
                        .ready(),
                new ServerCatalog(catalog(900, "mail")));
        assertThat(comparison.differences()).singleElement().satisfies(found -> {
            assertThat(found.type()).isEqualTo(DifferenceClass.SHAPE_COLUMN_DROPPED);
            assertThat(found.origin()).isEqualTo("public.users.id");
        });
    }
}
