package dev.understudy.diff.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.Timeline;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.diff.exercise.StatementCount;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.trace.catalog.Catalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunCausesTest {
    private static final String INSERT = "insert into notes (text) values (?)";
    private static final String READ = "select text from notes";

    @Test
    void whatDefaultsMakeUpIsNoiseWhereTheTraceWrites() {
        for (String made : List.of("now()", "gen_random_uuid()")) {
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

    private static RunCauses causes(String column, String statement) {
        Catalog catalog = Catalogs.catalog(16_400)
                .table("notes", "text text", column)
                .table("notes_low", "text text", column)
                .partitionOf("notes")
                .build();
        StatementCount count = new StatementCount("q_1", statement, 5, 5, 0, 0);
        return new RunCauses(catalog, new Timeline(), Exercise.of(catalog, List.of(count), shown -> false));
    }
}
