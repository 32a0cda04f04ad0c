package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Comparisons;
import dev.understudy.diff.kit.Requests;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What errors are about: by their fields, their position, their words (chapter 55.8, appendix A). */
class ErrorPlaceTest {
    private static final Catalog BEFORE = Catalogs.catalog(100)
            .table(100, "users", "*id int4", "mail text")
            .table(101, "orders", "*no int4", "total numeric")
            .build();
    private static final Catalog AFTER = Catalogs.catalog(900)
            .table(900, "users", "*id int4", "email text")
            .table(901, "orders", "*no int4", "total numeric")
            .build();

    private static Difference compare(String sql, String sqlState, String message, Map<Character, String> fields) {
        ByteBuf fine = answer().columns(column("v", 25)).done("SELECT 0").ready();
        Comparison comparison = Comparisons.compare(
                sql, fine, BEFORE, answer().error(sqlState, message, fields).ready(), AFTER);
        assertThat(comparison.differences()).hasSize(1);
        return comparison.differences().get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT mail FROM users                       | 8  | column \"mail\" does not exist",
                "SELECT u.mail FROM users u                   | 8  | column u.mail does not exist",
                "SELECT \"mail\" FROM users                   | 8  | column \"mail\" does not exist",
                "SELECT '🙂', mail FROM users                  | 13 | column \"mail\" does not exist",
                "UPDATE users SET mail = 'x' WHERE id = 1     | 18 | column \"mail\" of relation \"users\" does not exist",
                "SELECT id FROM users, orders WHERE mail = '' | 36 | column \"mail\" does not exist",
            })
    void aPositionPointsToAColumn(String sql, String position, String message) {
        Difference found = compare(sql, "42703", message, Map.of('P', position));
        assertThat(found.path()).isEqualTo("mail");
        assertThat(found.origin()).isEqualTo("public.users.mail");
        assertThat(found.transition()).isEqualTo("success → 42703");
    }

    @Test
    void aPositionInATextOfTheServersOwnGoesFirst() {
        Difference found = compare(
                "SELECT total(1) FROM users",
                "42703",
                "column \"mail\" does not exist",
                Map.of('P', "8", 'p', "8", 'q', "SELECT mail FROM users"));
        assertThat(found.origin()).isEqualTo("public.users.mail");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "SELECT id, mail FROM users    | 42703 | column \"mail\" does not exist    | 8     | mail  | error 42703 mail",
                "SELECT id, mail FROM users    | 42703 | column \"mail\" does not exist    | 999   | mail  | error 42703 mail",
                "SELECT id, mail FROM users    | 42703 | column \"mail\" does not exist    | zwölf | mail  | error 42703 mail",
                "SELECT no FROM gone           | 42P01 | relation \"gone\" does not exist  | 16    | gone  | error 42P01 gone",
                "SELECT no FROM gone           | 42P01 | missing                           | 16    | gone  | error 42P01 gone",
                "SELECT 'x'::int FROM users    | 22P02 | invalid input syntax: \"x\"       | 8     | statement | error 22P02 statement",
            })
    void whereThePositionDoesNotHelpTheWordsDo(
            String sql, String sqlState, String message, String position, String path, String origin) {
        Difference found = compare(sql, sqlState, message, Map.of('P', position));
        assertThat(found.path()).isEqualTo(path);
        assertThat(found.origin()).isEqualTo(origin);
    }

    @Test
    void fieldsNameColumnsAndConstraints() {
        Difference column = compare(
                "INSERT INTO users VALUES (1)",
                "23502",
                "null value",
                Map.of('s', "public", 't', "users", 'c', "email"));
        assertThat(column.origin()).isEqualTo("public.users.email");
        Difference constraint = compare(
                "INSERT INTO users VALUES (1)",
                "23505",
                "duplicate key",
                Map.of('s', "public", 't', "users", 'n', "users_pkey"));
        assertThat(constraint.path()).isEqualTo("public.users.users_pkey");
        assertThat(constraint.origin()).isEqualTo("error 23505 public.users.users_pkey");
    }

    @Test
    void aStalePlanIsKnownInEveryLanguage() {
        assertThat(compare(
                                "SELECT id FROM users",
                                "0A000",
                                "gecachter Plan darf den Ergebnistyp nicht ändern",
                                Map.of('R', "RevalidateCachedQuery"))
                        .type())
                .isEqualTo(DifferenceClass.ERROR_STALE_PLAN);
    }

    @Test
    void aConnectionThatBreaksWhereTheBaselineFailsIsNoErrorGone() {
        ByteBuf request = Requests.query("SELECT id FROM users");
        Answer left = Comparisons.answer(
                request, answer().error("22012", "division by zero").ready(), BEFORE);
        Answer whole = Comparisons.answer(request, Unpooled.EMPTY_BUFFER, AFTER);
        Answer right = new Answer(whole.interpretation(), whole.catalog(), Map.of(), false, true);
        assertThat(Comparisons.compare(request, left, right).differences())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.type()).isEqualTo(DifferenceClass.ERROR_NEW);
                    assertThat(found.path()).isEqualTo("connection");
                });
    }

    @Test
    void otherWordsDoNotHideWhatComesAfterThem() {
        ByteBuf left = answer().error("22012", "division by zero").ready('E');
        ByteBuf right = answer().error("22012", "Teilung durch null").ready('I');
        assertThat(Comparisons.compare("SELECT 1/0", left, right).differences())
                .extracting(Difference::type)
                .containsExactly(DifferenceClass.ERROR_MESSAGE_ONLY, DifferenceClass.ERROR_GONE);
    }
}
