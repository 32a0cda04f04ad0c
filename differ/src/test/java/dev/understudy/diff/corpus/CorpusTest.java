package dev.understudy.diff.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.corpus.CorpusRun.Roles;
import dev.understudy.diff.group.DifferenceGroup;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of the corpus, from the frames on the wire to the report's groups; and what follows from the table of the
 * three answers if the sides of a case are exchanged.
 */
class CorpusTest {
    private static final BinaryForms BINARY = new BinaryForms(CorpusFiles.text("binary.tsv"));
    private static final Map<String, String> KNOWN_FAILING = CorpusFiles.knownFailing();

    static List<CorpusCase> corpus() {
        return new CorpusFiles(BINARY).cases();
    }

    static Stream<CorpusCase> ofTheMigrationAlone() {
        return corpus().stream()
                .filter(each -> each.controlAsRecorded() && each.expected().isMigrationAlone());
    }

    @Test
    void hasWhatItPromises() {
        assertThat(corpus().stream().map(CorpusCase::id).distinct().count()).isGreaterThan(400);
        assertThat(corpus())
                .extracting(CorpusCase::toString)
                .containsAll(KNOWN_FAILING.keySet().stream()
                        .map(key -> key.split(":", 2)[0])
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void saysWhatTheDocumentationSays(CorpusCase each) {
        holds(
                each,
                Roles.AS_WRITTEN,
                each.expected().mismatches(run(each, Roles.AS_WRITTEN).report()));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void findsNothingWhereEverySideAnswersAsProductionDid(CorpusCase each) {
        List<DifferenceGroup> found = run(each, Roles.RECORDED_EVERYWHERE).groups();
        holds(
                each,
                Roles.RECORDED_EVERYWHERE,
                found.stream()
                        .filter(group -> !group.attribution().label().startsWith("explained"))
                        .map(Expected::shown)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("ofTheMigrationAlone")
    void isWeakerEvidenceWithoutTheControl(CorpusCase each) {
        attributes(each, Roles.WITHOUT_CONTROL, Attribution.MIGRATION_WITHOUT_CONTROL);
    }

    @ParameterizedTest
    @MethodSource("ofTheMigrationAlone")
    void isChanceWhereTheControlAloneAnswersSo(CorpusCase each) {
        attributes(each, Roles.CANDIDATE_ON_THE_CONTROL_ALONE, Attribution.NONDETERMINISTIC);
    }

    @ParameterizedTest
    @MethodSource("ofTheMigrationAlone")
    void isTheEnvironmentsWhereBothArmsAnswerSo(CorpusCase each) {
        attributes(each, Roles.CANDIDATE_ON_BOTH_ARMS, Attribution.ENVIRONMENT);
    }

    private static void attributes(CorpusCase each, Roles roles, Attribution attribution) {
        List<DifferenceGroup> found = run(each, roles).groups();
        holds(
                each,
                roles,
                found.isEmpty()
                        ? List.of("nothing is found")
                        : found.stream()
                                .filter(group -> group.attribution() != attribution)
                                .map(Expected::shown)
                                .toList());
    }

    /** That nothing is wrong, or where something is known to be, that it still is. */
    private static void holds(CorpusCase each, Roles roles, List<String> wrong) {
        String key = roles == Roles.AS_WRITTEN ? each.toString() : each + ":" + roles;
        if (KNOWN_FAILING.containsKey(key)) {
            assertThat(wrong)
                    .as("%s is right by now: take it out of known-failing.txt", key)
                    .isNotEmpty();
        } else {
            assertThat(wrong).as(key).isEmpty();
        }
    }

    private static CorpusRun run(CorpusCase each, Roles roles) {
        return new CorpusRun(each, roles, BINARY);
    }
}
