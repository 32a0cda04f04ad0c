package dev.understudy.diff.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.Timeline;
import dev.understudy.diff.attribute.Window;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.diff.exercise.StatementCount;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.TableComparison.MomentPair;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunCausesTest {
    private static final String INSERT = "insert into notes (text) values (?)";
    private static final String READ = "select text from notes";

    @Test
    void whatDefaultsMakeUpIsNoiseWhereTheTraceWrites() {
        for (String made : List.of("now()", "CURRENT_TIMESTAMP", "gen_random_uuid()")) {
            assertThat(causes("token text " + made, INSERT).isMadeUp("public.notes"))
                    .as(made)
                    .isTrue();
            assertThat(causes("token text " + made, READ).isMadeUp("public.notes"))
                    .as(made)
                    .isFalse();
        }
        assertThat(causes("token text 'none'", INSERT).isMadeUp("public.notes")).isFalse();
    }

    @Test
    void aPartitionIsWrittenThroughItsParent() {
        RunCauses causes = causes("token text gen_random_uuid()", INSERT);
        assertThat(causes.isVolatile("public.notes_low.token")).isTrue();
        assertThat(causes.isVolatile("public.notes_low.text")).isFalse();
        assertThat(causes.isMadeUp("public.notes_low")).isTrue();
    }

    @Test
    void onlyWhatIsAnotherEachTimeIsVolatile() {
        assertThat(causes("token text lower('X')", INSERT).isVolatile("public.notes.token"))
                .isFalse();
        assertThat(causes("token text gen_random_uuid()", READ).isVolatile("public.notes.token"))
                .as("no row is added")
                .isFalse();
        assertThat(causes("token text gen_random_uuid()", INSERT).isVolatile("public.other.token"))
                .isFalse();
    }

    @Test
    void timesThatOneExchangeWroteAreAClocks() {
        Timeline timeline = new Timeline();
        timeline.add(new Window(1_000_000, 1_100_000), new Window(5_000_000, 5_100_000));
        RunCauses causes = causes(timeline, "token text", new StatementCount("q_1", INSERT, 5, 5, 0, 0));
        assertThat(causes.isClock(new MomentPair(1_050_000, 5_050_000, true, 1)))
                .isTrue();
        assertThat(causes.isClock(new MomentPair(1_050_000, 3_605_050_000L, true, 1)))
                .isFalse();
    }

    @Test
    void whatWasNotComparedOrRacedIsUndecided() {
        assertThat(undecided(INSERT, 5, 5, 0, null)).isEmpty();
        assertThat(undecided(INSERT, 5, 4, 1, null)).isEqualTo("raced");
        assertThat(undecided(INSERT, 5, 4, 0, null)).isEqualTo("statements that write it were not compared");
        assertThat(undecided(READ, 5, 4, 1, null)).as("nothing is written").isEmpty();
    }

    @Test
    void aColumnThatStatementsGiveATimeIsUndecided() {
        String clock = "update notes set text = now()";
        String reason = "written by statements that ask a clock or chance";
        assertThat(undecided(clock, 5, 5, 0, "text")).isEqualTo(reason);
        assertThat(undecided(clock, 5, 5, 0, "token")).isEmpty();
        assertThat(undecided(clock, 5, 5, 0, null))
                .as("of rows, not of a column")
                .isEmpty();
        assertThat(undecided(INSERT, 5, 5, 0, "text")).isEmpty();
    }

    @Test
    void aPartitionIsUndecidedWithItsParent() {
        StatementCount raced = new StatementCount("q_1", INSERT, 5, 4, 1, 0);
        assertThat(causes(new Timeline(), "token text", raced).undecided("public.notes_low", null))
                .isEqualTo("raced");
        assertThat(causes(new Timeline(), "token text", raced).undecided("public.other", null))
                .isEmpty();
    }

    @Test
    void aTableThatStatementsGiveTimesIsNoisy() {
        assertThat(causes("token text", "update notes set text = now()").isNoisy("public.notes"))
                .isTrue();
        assertThat(causes("token text", INSERT).isNoisy("public.notes")).isFalse();
    }

    private static String undecided(String statement, long seen, long compared, long raced, @Nullable String column) {
        StatementCount count = new StatementCount("q_1", statement, seen, compared, raced, 0);
        return causes(new Timeline(), "token text", count).undecided("public.notes", column);
    }

    private static RunCauses causes(String column, String statement) {
        return causes(new Timeline(), column, new StatementCount("q_1", statement, 5, 5, 0, 0));
    }

    private static RunCauses causes(Timeline timeline, String column, StatementCount count) {
        Catalog catalog = Catalogs.catalog(16_400)
                .table("notes", "text text", column)
                .table("notes_low", "text text", column)
                .partitionOf("notes")
                .build();
        return new RunCauses(catalog, timeline, Exercise.of(catalog, List.of(count), shown -> false));
    }
}
