package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.diff.kit.Runs;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A row that the run makes gets an identifier on each side; reading it later is nobody's fault. */
class DrawnIdsTest {
    private static final int ORDERS = 16_400;
    private static final int UUID = 2950;
    private static final String INSERT = "INSERT INTO orders (total) VALUES (1) RETURNING ref";
    private static final String READ = "SELECT ref FROM orders WHERE id = 7";
    private static final Catalog DRAWS = catalog(" gen_random_uuid()");

    private int ordinal;

    private static Catalog catalog(String ofRef) {
        return Catalogs.catalog(ORDERS)
                .table(ORDERS, "orders", "*id int8", "ref uuid" + ofRef, "total int4")
                .build();
    }

    private static String id(int digit) {
        return String.valueOf(digit).repeat(8) + "-9c0b-4ef8-bb6d-6bb9bd380a11";
    }

    private static ByteBuf one(String id) {
        return answer().columns(column("ref", UUID, ORDERS, 2))
                .row(id)
                .done("SELECT 1")
                .ready();
    }

    private Exchanges asked(String sql, String recorded) {
        return exchange(query(sql), one(recorded)).id(1, ordinal++);
    }

    private List<Attribution> judged(Catalog candidate, Runs run, Exchanges... exchanges) {
        for (Exchanges each : exchanges) {
            run.add(each.build());
        }
        return run.arm(Arm.CANDIDATE, candidate).report().groups().stream()
                .filter(group -> group.type().isValue())
                .sorted(java.util.Comparator.comparing(DifferenceGroup::sql))
                .map(DifferenceGroup::attribution)
                .toList();
    }

    private List<Attribution> ofThree(Exchanges... exchanges) {
        return judged(DRAWS, Runs.of(DRAWS).arm(Arm.CONTROL, DRAWS), exchanges);
    }

    private Exchanges three(String sql, int recorded, int control, int candidate) {
        return asked(sql, id(recorded)).control(one(id(control))).candidate(one(id(candidate)));
    }

    @Test
    void whatEachSideDrewIsExplainedWhereverItIsRead() {
        assertThat(ofThree(three(INSERT, 1, 2, 3), three(READ, 1, 2, 3), three(READ, 1, 2, 3)))
                .containsExactly(Attribution.VOLATILE, Attribution.VOLATILE);
    }

    @Test
    void theInsertNeedNotHaveReturnedIt() {
        assertThat(ofThree(three(READ, 1, 2, 3), three(READ, 4, 5, 6))).containsExactly(Attribution.VOLATILE);
    }

    @Test
    void whatProductionAndTheControlShareIsNoDraw() {
        assertThat(ofThree(three(INSERT, 1, 2, 3), three(READ, 4, 4, 3))).contains(Attribution.MIGRATION);
    }

    @Test
    void whatTheCandidateDrewAgainIsNotExplained() {
        assertThat(ofThree(three(INSERT, 1, 2, 3), three(READ, 1, 2, 4)))
                .containsExactly(Attribution.VOLATILE, Attribution.UNEXPLAINED);
    }

    @Test
    void whatBelongsToAnotherRowIsNotExplained() {
        assertThat(ofThree(three(INSERT, 1, 2, 3), three(INSERT, 4, 5, 6), three(READ, 4, 5, 3)))
                .containsExactly(Attribution.VOLATILE, Attribution.UNEXPLAINED);
    }

    @Test
    void anIdentifierOfAnotherKindIsNotDrawnByThatDefault() {
        String byHash = "33333333-9c0b-3ef8-bb6d-6bb9bd380a11";
        assertThat(ofThree(asked(READ, id(1)).control(one(id(2))).candidate(one(byHash))))
                .containsExactly(Attribution.UNEXPLAINED);
    }

    @Test
    void aColumnWithoutThatDefaultDrawsNothing() {
        Runs run = Runs.of(DRAWS).arm(Arm.CONTROL, DRAWS);
        assertThat(judged(catalog(""), run, three(READ, 1, 2, 3))).containsExactly(Attribution.UNEXPLAINED);
    }

    @Test
    void withoutAControlTheRunMustHaveDrawnThem() {
        assertThat(judged(
                        DRAWS,
                        Runs.of(DRAWS),
                        asked(INSERT, id(1)).candidate(one(id(3))),
                        asked(READ, id(1)).candidate(one(id(3)))))
                .containsExactly(Attribution.VOLATILE, Attribution.VOLATILE);
        assertThat(judged(DRAWS, Runs.of(DRAWS), asked(READ, id(1)).candidate(one(id(3)))))
                .containsExactly(Attribution.MIGRATION_WITHOUT_CONTROL);
    }

    private static ByteBuf list(String... drawn) {
        var rows = answer().columns(
                        column("id", UUID, ORDERS, 1), column("total", 23, ORDERS, 2), column("at", 1184, ORDERS, 3));
        rows.row(id(9), "1", "2026-01-01 00:00:00+00");
        for (int i = 0; i < drawn.length; i++) {
            rows.row(drawn[i], Integer.toString(i + 2), "2026-01-02 00:00:00+00");
        }
        return rows.done("SELECT " + (drawn.length + 1)).ready();
    }

    private static List<Attribution> ofLists(String sql, ByteBuf recorded, ByteBuf control, ByteBuf candidate) {
        Catalog keyed = Catalogs.catalog(ORDERS)
                .table(ORDERS, "orders", "*id uuid gen_random_uuid()", "total int4", "at timestamptz")
                .build();
        return Runs.of(keyed)
                .arm(Arm.CONTROL, keyed)
                .arm(Arm.CANDIDATE, keyed)
                .add(exchange(query(sql), recorded)
                        .control(control)
                        .candidate(candidate)
                        .build())
                .report()
                .groups()
                .stream()
                .map(DifferenceGroup::attribution)
                .toList();
    }

    @Test
    void aListOfRowsWithDrawnKeysIsThatOfTheirContents() {
        String sql = "SELECT id, total, at FROM orders";
        assertThat(ofLists(sql, list(id(1), id(2)), list(id(3), id(4)), list(id(5), id(6))))
                .containsExactly(Attribution.VOLATILE);
    }

    @Test
    void aKeyThatTheMigrationChangedIsTheMigrations() {
        String sql = "SELECT id, total, at FROM orders";
        assertThat(ofLists(sql, list(id(1), id(2)), list(id(1), id(2)), list(id(1), id(6))))
                .containsExactly(Attribution.MIGRATION);
    }

    @Test
    void aRowThatIsLostIsLostWhateverItsKey() {
        String sql = "SELECT id, total, at FROM orders";
        assertThat(ofLists(sql, list(id(1), id(2)), list(id(3), id(4)), list(id(5))))
                .contains(Attribution.VOLATILE, Attribution.MIGRATION);
    }

    @Test
    void whichRowsALimitTakesIsOpenThoughTheyHoldTheSame() {
        String sql = "SELECT id, total, at FROM orders LIMIT 3";
        assertThat(ofLists(sql, list(id(1), id(2)), list(id(1), id(2)), list(id(1), id(6))))
                .containsOnly(Attribution.LIMIT);
    }
}
