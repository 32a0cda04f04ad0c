package dev.understudy.diff.verdict;

import static dev.understudy.diff.kit.Findings.finding;
import static dev.understudy.diff.kit.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.attribute.BlindPath;
import dev.understudy.diff.attribute.OddCounts;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Runs;
import dev.understudy.diff.parity.Declarations;
import dev.understudy.diff.parity.Finding;
import dev.understudy.diff.parity.Footprint;
import dev.understudy.diff.parity.Parity;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.RunFacts;
import dev.understudy.trace.run.RunStart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UntestedTest {
    private static final Catalog OLD = Catalogs.catalog(500)
            .table("t", "*id int4", "v int4")
            .table("log", "*id int4")
            .build();
    private static final Catalog NEW = Catalogs.catalog(500)
            .table("t", "*id int4", "v int4")
            .table("log", "*id int4")
            .table("fresh", "*id int4")
            .index("by_v", "t")
            .build();

    private final Runs run = Runs.of(OLD).arm(Arm.CONTROL, OLD).arm(Arm.CANDIDATE, NEW);
    private final List<Finding> beyond = new ArrayList<>();
    private final List<BlindPath> blind = new ArrayList<>();
    private boolean stateEstablished = true;

    private Footprint footprint() {
        RunFacts facts = run.facts();
        return Footprint.of(
                facts.start().arms().get(0),
                facts.start().arms().get(1),
                facts.before(),
                facts.after(),
                Exercise.of(OLD, List.of(), any -> true),
                Declarations.NONE);
    }

    private List<String> withControl() {
        return new Untested(run.facts(), parity(), footprint(), beyond, blind).sentences();
    }

    private List<String> withoutControl(RunFacts facts) {
        return new Untested(facts, parity(), null, beyond, blind).sentences();
    }

    private Parity parity() {
        return new Parity("control", "candidate", "it is not known", stateEstablished, List.of(), List.of());
    }

    private static List<String> about(List<String> sentences, String what) {
        return sentences.stream().filter(sentence -> sentence.contains(what)).toList();
    }

    @Test
    void withoutAControlEvidenceIsWeakerAndTablesAreNotCompared() {
        assertThat(about(withoutControl(run.facts()), "no control arm")).hasSize(1);
        assertThat(about(withoutControl(run.facts()), "told by their texts")).isEmpty();
        assertThat(about(withControl(), "no control arm")).isEmpty();
        assertThat(about(withControl(), "told by their texts")).hasSize(1);
    }

    @Test
    void whatWasNotExercisedOrComparedOrIsNewIsNamed() {
        run.whole(table("public.t", 10).notCompared("too large"), table("public.log", 5));
        assertThat(withControl())
                .contains(
                        "Not exercised: public.by_v (SCHEMA_INDEX): no compared statement reads or writes public.t.",
                        "Table public.t was not compared as a whole: too large before the replay.",
                        "Nothing of today's application uses public.fresh, which is new.")
                .noneMatch(sentence -> sentence.startsWith("Table public.log"));
        assertThat(about(withControl(), "which is new")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void whetherTheCopiesWereEqualIsSaidWhereItIsNotKnown(boolean established, int sentences) {
        stateEstablished = established;
        assertThat(about(withControl(), "both copies were equal before the migration: it is not known"))
                .hasSize(sentences);
    }

    @Test
    void noiseIsNamedWithTheShareThatItMayHide() {
        blind.add(new BlindPath(new OddCounts("q_1", "v", "", 0, 0, 0, 1), 100));
        assertThat(withControl()).contains("Noise hides wrong values of v in q_1 up to a share of 5.4 %.");
    }

    @Test
    void whatWasNotDecidedAfterTheReplayIsNamed() {
        beyond.add(finding(DifferenceClass.STATE_ROW_MISSING, "public.t", Attribution.UNKNOWN));
        beyond.add(finding(DifferenceClass.STATE_ROW_MISSING, "public.log", Attribution.MIGRATION));
        assertThat(about(withControl(), "after the replay"))
                .containsExactly("Contents after the replay were not decided for public.t: -1 row.");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 25})
    void twentyOfAKindAreNamedTheRestIsCounted(int count) {
        IntStream.range(0, count)
                .mapToObj(i -> finding(DifferenceClass.STATE_CELL, "public.t.c" + i, Attribution.UNKNOWN))
                .forEach(beyond::add);
        List<String> sentences = withControl();
        assertThat(about(sentences, "not decided")).hasSize(20);
        assertThat(about(sentences, "more like the last one"))
                .isEqualTo(count == 20 ? List.of() : List.of("And " + (count - 20) + " more like the last one."));
    }

    private static RunFacts replayed(String order, String speed) {
        RunStart start = new RunStart("r1", "c1", order, speed, "compat", 42, 1, OLD, List.of());
        return RunFacts.of(start, null);
    }

    @ParameterizedTest
    @CsvSource({
        "serial, max, 'Exchanges were replayed in serial order as fast as they went: lock waits'",
        "global, 1, 'Exchanges were replayed in global order: lock waits'"
    })
    void anotherOrderThanTheSessionsHidesContention(String order, String speed, String sentence) {
        assertThat(withoutControl(replayed(order, speed))).anyMatch(each -> each.startsWith(sentence));
        assertThat(about(withoutControl(replayed("session", speed)), "were replayed in"))
                .isEmpty();
    }

    @Test
    void aTraceWithoutCatalogTracesNoColumns() {
        assertThat(about(withControl(), "The trace has no catalog")).isEmpty();
        RunFacts without =
                RunFacts.of(new RunStart("r1", "c1", "serial", "max", "compat", 42, 1, null, List.of()), null);
        assertThat(about(withoutControl(without), "The trace has no catalog")).hasSize(1);
    }

    @Test
    void whatTheReplayWarnsOfIsSaidInTheOrderOfItsTerms() {
        run.warning("b-term", "second thing").warning("a-term", "first thing");
        assertThat(about(withControl(), "The replay says"))
                .containsExactly("The replay says: first thing (a-term).", "The replay says: second thing (b-term).");
        assertThat(about(withoutControl(replayed("serial", "max")), "The replay says"))
                .isEmpty();
    }

    @Test
    void whatIsNeverComparedIsAlwaysSaid() {
        for (List<String> sentences : List.of(withControl(), withoutControl(run.facts()))) {
            assertThat(about(sentences, "what a Describe alone answers were not compared"))
                    .hasSize(1);
            assertThat(about(sentences, "Locks, latency and query plans")).hasSize(1);
        }
    }
}
