package dev.understudy.replay.taint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replay.access.Schemas;
import dev.understudy.trace.catalog.Catalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaintTrackerTest {
    private static final Catalog SHOP = new Schemas()
            .table("orders", "id int4 nextval('orders_id_seq')", "user_id int4", "note text")
            .table("users", "id int4", "email text")
            .table("archive", "id int4", "note text")
            .foreignKey("orders", 2, "users", 1, "")
            .build();
    private static final String INSERT = "INSERT INTO orders (id, user_id) VALUES (17, 5)";

    private final Story story = new Story(SHOP, true);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailedWriteIsComparedAndTaintsItsRows(boolean withControl) {
        Story told = new Story(SHOP, withControl);
        assertThat(told.apart(1, INSERT, "INSERT 0 1/I", "23502/I")).isEmpty();
        assertThat(told.same(2, "SELECT * FROM orders WHERE id = 17", "SELECT 1/I"))
                .isEqualTo("failed-write: 0.1:0");
        assertThat(told.same(2, "SELECT * FROM orders WHERE user_id = 5", "SELECT 1/I"))
                .isEqualTo("failed-write: 0.1:0");
        assertThat(told.same(2, "SELECT count(*) FROM orders", "SELECT 1/I")).isEqualTo("failed-write: 0.1:0");
        assertThat(told.same(2, "SELECT 1 FROM users JOIN orders ON true", "SELECT 1/I"))
                .isEqualTo("failed-write: 0.1:0");
        assertThat(told.same(2, "UPDATE orders SET note = 'n' WHERE id = 17", "UPDATE 1/I"))
                .isEqualTo("failed-write: 0.1:0");
    }

    @Test
    void provablyOtherRowsAreCompared() {
        story.apart(1, INSERT, "INSERT 0 1/I", "23502/I");
        assertThat(story.same(2, "SELECT * FROM orders WHERE id = 18", "SELECT 1/I"))
                .isEmpty();
        assertThat(story.same(2, "SELECT * FROM orders WHERE user_id = 6", "SELECT 1/I"))
                .isEmpty();
        assertThat(story.same(2, "SELECT * FROM users", "SELECT 9/I")).isEmpty();
        assertThat(story.same(2, "INSERT INTO orders (id, user_id) VALUES (18, 5)", "INSERT 0 1/I"))
                .isEmpty();
        assertThat(story.same(2, "SELECT * FROM orders WHERE id = 18", "SELECT 1/I"))
                .isEmpty();
    }

    @Test
    void keysThatTheServerMadeAreReadFromTheAnswer() {
        String insert = "INSERT INTO orders (user_id) VALUES (5) RETURNING id";
        story.apart(1, insert, "INSERT 0 1(17)/I", "23502/I");
        assertThat(story.same(2, "SELECT * FROM orders WHERE id = 17", "SELECT 1/I"))
                .isEqualTo("failed-write: 0.1:0");
        assertThat(story.same(2, "SELECT * FROM orders WHERE id = 16", "SELECT 1/I"))
                .isEmpty();
    }

    @Test
    void anArmThatDrewNoIdMakesOtherOnesFromThenOn() {
        String insert = "INSERT INTO orders (user_id) VALUES (5) RETURNING id";
        story.apart(1, insert, "INSERT 0 1(17)/I", "42703/I");
        assertThat(story.apart(1, insert, "INSERT 0 1(18)/I", "INSERT 0 1(17)/I"))
                .isEqualTo("failed-write: 0.1:0");
        assertThat(story.apart(1, "SELECT * FROM orders WHERE id = 18", "SELECT 1/I", "SELECT 0/I"))
                .isEqualTo("failed-write: 0.1:0");
        assertThat(story.same(1, "SELECT * FROM orders WHERE id = 16", "SELECT 1/I"))
                .isEmpty();
    }

    @Test
    void aWriteOfWhichOnlyTheTableIsKnownTaintsTheTable() {
        story.apart(1, "INSERT INTO orders SELECT * FROM archive", "INSERT 0 3/I", "23502/I");
        assertThat(story.same(2, "SELECT * FROM orders WHERE id = 1", "SELECT 1/I"))
                .isEqualTo("failed-write: 0.1:0");
        assertThat(story.same(2, "SELECT * FROM archive WHERE id = 1", "SELECT 1/I"))
                .isEmpty();
        assertThat(story.same(2, "INSERT INTO orders (id) VALUES (99)", "INSERT 0 1/I"))
                .as("it met no other row on either arm")
                .isEmpty();
    }

    @Test
    void theRestOfTheTransactionAndAllItsRowsAreTainted() {
        assertThat(story.same(1, "BEGIN", "BEGIN/T")).isEmpty();
        assertThat(story.same(1, "UPDATE users SET email = 'x' WHERE id = 5", "UPDATE 1/T"))
                .isEmpty();
        assertThat(story.apart(1, INSERT, "INSERT 0 1/T", "23502/E")).isEmpty();
        assertThat(story.apart(1, "SELECT * FROM users WHERE id = 9", "SELECT 1/T", "25P02/E"))
                .isEqualTo("failed-earlier-in-transaction: 0.1:2");
        assertThat(story.apart(1, "UPDATE users SET email = 'y' WHERE id = 6", "UPDATE 1/T", "25P02/E"))
                .isEqualTo("failed-earlier-in-transaction: 0.1:2");
        assertThat(story.same(2, "SELECT * FROM users WHERE id = 5", "SELECT 1/I"))
                .as("before the transaction's end")
                .isEmpty();
        assertThat(story.apart(1, "COMMIT", "COMMIT/I", "ROLLBACK/I"))
                .isEqualTo("failed-earlier-in-transaction: 0.1:2");
        for (String sql : new String[] {
            "SELECT * FROM users WHERE id = 5", "SELECT * FROM users WHERE id = 6", "SELECT * FROM orders WHERE id = 17"
        }) {
            assertThat(story.same(2, sql, "SELECT 1/I")).as(sql).isEqualTo("failed-write: 0.1:2");
        }
        assertThat(story.same(2, "SELECT * FROM users WHERE id = 7", "SELECT 1/I"))
                .isEmpty();
        assertThat(story.same(1, "SELECT * FROM users WHERE id = 7", "SELECT 1/I"))
                .isEmpty();
    }

    @Test
    void aTransactionThatProductionRolledBackTooTaintsNothingAfterIt() {
        story.same(1, "BEGIN", "BEGIN/T");
        story.apart(1, INSERT, "INSERT 0 1/T", "23502/E");
        assertThat(story.same(1, "ROLLBACK", "ROLLBACK/I")).isEqualTo("failed-earlier-in-transaction: 0.1:1");
        assertThat(story.same(1, "SELECT * FROM orders", "SELECT 1/I")).isEmpty();
    }

    @Test
    void aSavepointEndsTheTaintOfWhatCameBehindIt() {
        story.same(1, "BEGIN", "BEGIN/T");
        story.same(1, "UPDATE users SET email = 'x' WHERE id = 5", "UPDATE 1/T");
        story.same(1, "SAVEPOINT s", "SAVEPOINT/T");
        story.apart(1, INSERT, "INSERT 0 1/T", "23502/E");
        assertThat(story.same(1, "ROLLBACK TO SAVEPOINT s", "ROLLBACK/T"))
                .isEqualTo("failed-earlier-in-transaction: 0.1:3");
        assertThat(story.same(1, "SELECT * FROM orders", "SELECT 1/T")).isEmpty();
        assertThat(story.same(1, "COMMIT", "COMMIT/I")).isEmpty();
        assertThat(story.same(1, "SELECT * FROM users", "SELECT 1/I")).isEmpty();
    }

    @Test
    void aCommitThatFailsTaintsWhatItWouldHaveMadePermanent() {
        story.same(1, "BEGIN", "BEGIN/T");
        story.same(1, INSERT, "INSERT 0 1/T");
        assertThat(story.apart(1, "COMMIT", "COMMIT/I", "23503/I")).isEmpty();
        assertThat(story.same(2, "SELECT * FROM orders WHERE id = 17", "SELECT 1/I"))
                .isEqualTo("failed-write: 0.1:2");
    }

    @Test
    void armsThatFailAlikeAreStillAlike() {
        assertThat(story.each(1, INSERT, "INSERT 0 1/I", "23505/I", "23505/I")).isEmpty();
        assertThat(story.same(1, "SELECT * FROM orders WHERE id = 17", "SELECT 0/I"))
                .isEmpty();
    }

    @Test
    void inATransactionThatOnlyProductionWentOnWithTheRestSaysNothing() {
        story.same(1, "BEGIN", "BEGIN/T");
        assertThat(story.each(1, INSERT, "INSERT 0 1/T", "23505/E", "23505/E")).isEmpty();
        assertThat(story.each(1, "SELECT * FROM users", "SELECT 1/T", "25P02/E", "25P02/E"))
                .isEqualTo("failed-earlier-in-transaction: 0.1:1");
        story.each(1, "COMMIT", "COMMIT/I", "ROLLBACK/I", "ROLLBACK/I");
        assertThat(story.same(1, "SELECT * FROM orders WHERE id = 17", "SELECT 0/I"))
                .isEmpty();
    }

    @Test
    void aRowThatOnlyTheCandidateTookIsTaintedToo() {
        assertThat(story.apart(1, INSERT, "23505/I", "INSERT 0 1/I")).isEmpty();
        assertThat(story.same(2, "SELECT * FROM orders WHERE id = 17", "SELECT 1/I"))
                .isEqualTo("failed-write: 0.1:0");
    }

    @Test
    void anotherCountOfRowsIsADifferenceAndNoTaint() {
        assertThat(story.apart(1, "UPDATE users SET email = 'x' WHERE id = 5", "UPDATE 1/I", "UPDATE 0/I"))
                .isEmpty();
        assertThat(story.same(1, "SELECT * FROM users WHERE id = 5", "SELECT 1/I"))
                .isEmpty();
    }

    @Test
    void aFailedReadTaintsNothing() {
        assertThat(story.apart(1, "SELECT email FROM users", "SELECT 1/I", "42703/I"))
                .isEmpty();
        assertThat(story.apart(1, "SELECT email FROM users", "SELECT 1/I", "42703/I"))
                .isEmpty();
    }

    @Test
    void rowsThatAreMadeFromTaintedOnesAreTainted() {
        story.apart(1, INSERT, "INSERT 0 1/I", "23502/I");
        assertThat(story.same(1, "INSERT INTO archive SELECT id, note FROM orders WHERE id = 17", "INSERT 0 1/I"))
                .isEqualTo("failed-write: 0.1:0");
        assertThat(story.same(2, "SELECT * FROM archive", "SELECT 1/I")).isEqualTo("failed-write: 0.1:0");
        assertThat(story.same(2, "SELECT * FROM users", "SELECT 1/I")).isEmpty();
    }

    @Test
    void aChangeOfManyRowsLeavesTheOthersAlike() {
        story.apart(1, INSERT, "INSERT 0 1/I", "23502/I");
        assertThat(story.same(1, "UPDATE orders SET note = 'n'", "UPDATE 9/I")).isEqualTo("failed-write: 0.1:0");
        assertThat(story.same(2, "SELECT * FROM orders WHERE id = 18", "SELECT 1/I"))
                .isEmpty();
    }

    @Test
    void aTaintedRowThatMovesIsFollowed() {
        story.apart(1, INSERT, "INSERT 0 1/I", "23502/I");
        assertThat(story.same(2, "SELECT * FROM orders WHERE user_id = 6", "SELECT 1/I"))
                .isEmpty();
        story.same(1, "UPDATE orders SET user_id = 6 WHERE id = 17", "UPDATE 1/I");
        assertThat(story.same(2, "SELECT * FROM orders WHERE user_id = 6", "SELECT 1/I"))
                .isEqualTo("failed-write: 0.1:0");
    }

    @Test
    void anErrorThatAnotherRowMadeIsTaintedIfThatRowMayBe() {
        story.apart(1, INSERT, "INSERT 0 1/I", "23502/I");
        assertThat(story.apart(2, "INSERT INTO orders (id, note) VALUES (18, 'x')", "23505/I", "INSERT 0 1/I"))
                .as("another unique key")
                .isEqualTo("failed-write: 0.1:0");
        story.apart(3, "INSERT INTO users VALUES (5, 'x')", "INSERT 0 1/I", "23502/I");
        assertThat(story.apart(2, "INSERT INTO orders (id, user_id) VALUES (19, 5)", "INSERT 0 1/I", "23503/I"))
                .isEqualTo("failed-write: 0.3:0");
        assertThat(story.apart(2, "INSERT INTO orders (id, user_id) VALUES (20, 6)", "INSERT 0 1/I", "23503/I"))
                .as("a parent that is not tainted")
                .isEmpty();
    }

    @Test
    void onlyTruncateEndsTheTaintOfATable() {
        story.apart(1, INSERT, "INSERT 0 1/I", "23502/I");
        story.same(1, "DELETE FROM orders WHERE id = 17", "DELETE 1/I");
        assertThat(story.same(1, "SELECT * FROM orders", "SELECT 0/I")).isEqualTo("failed-write: 0.1:0");
        assertThat(story.same(1, "TRUNCATE orders", "TRUNCATE TABLE/I")).isEmpty();
        assertThat(story.same(1, "SELECT * FROM orders", "SELECT 0/I")).isEmpty();
    }

    @Test
    void aRacedWriteTaintsItsRowsUntilTheyAreOverwritten() {
        assertThat(story.raced().same(1, "UPDATE users SET email = 'x' WHERE id = 5", "UPDATE 1/I"))
                .isEmpty();
        assertThat(story.same(2, "SELECT * FROM users WHERE id = 5", "SELECT 1/I"))
                .isEqualTo("raced-write: 0.1:0");
        assertThat(story.same(2, "SELECT * FROM users WHERE id = 6", "SELECT 1/I"))
                .isEmpty();
        assertThat(story.same(2, "UPDATE users SET email = email || 'y' WHERE id = 5", "UPDATE 1/I"))
                .isEqualTo("raced-write: 0.1:0");
        assertThat(story.same(2, "SELECT * FROM users WHERE id = 5", "SELECT 1/I"))
                .isEqualTo("raced-write: 0.1:0");
        story.same(2, "UPDATE users SET email = 'z' WHERE id = 5", "UPDATE 1/I");
        assertThat(story.same(2, "SELECT * FROM users WHERE id = 5", "SELECT 1/I"))
                .isEmpty();
    }

    @Test
    void aSettingThatFailedTaintsItsSession() {
        assertThat(story.apart(1, "SET ROLE reader", "SET/I", "22023/I")).isEmpty();
        assertThat(story.same(1, "SELECT * FROM users", "SELECT 1/I")).isEqualTo("session-apart: 0.1:0");
        assertThat(story.same(2, "SELECT * FROM users", "SELECT 1/I")).isEmpty();
    }

    @Test
    void aSessionThatWasLostOnOneArmHasWrittenNothingThereFromThenOn() {
        Story alone = new Story(SHOP, false);
        alone.apart(1, INSERT, "INSERT 0 1/I", "lost/I");
        alone.apart(1, "UPDATE users SET email = 'x' WHERE id = 5", "UPDATE 1/I", "unsent/I");
        assertThat(alone.same(2, "SELECT * FROM users WHERE id = 5", "SELECT 1/I"))
                .isEqualTo("failed-write: 0.1:0");
        assertThat(alone.same(2, "SELECT * FROM orders WHERE id = 17", "SELECT 1/I"))
                .isEqualTo("failed-write: 0.1:0");
    }

    @Test
    void tooManyRowsTaintTheTable() {
        for (int id = 0; id <= TaintBook.MAX_REGIONS; id++) {
            story.apart(1, "INSERT INTO users VALUES (" + id + ", 'x')", "INSERT 0 1/I", "23502/I");
        }
        assertThat(story.same(2, "SELECT * FROM users WHERE id = -1", "SELECT 1/I"))
                .startsWith("failed-write: 0.1:");
        assertThat(story.same(2, "SELECT * FROM orders", "SELECT 1/I")).isEmpty();
    }

    @Test
    void whatCannotBeReadIsTaintedByAnything() {
        assertThat(story.same(2, "FETCH 1 FROM c", "FETCH 1/I")).isEmpty();
        story.apart(1, INSERT, "INSERT 0 1/I", "23502/I");
        assertThat(story.same(2, "FETCH 1 FROM c", "FETCH 1/I")).isEqualTo("failed-write: 0.1:0");
        assertThat(story.same(2, "SELECT now()", "SELECT 1/I")).isEmpty();
    }
}
