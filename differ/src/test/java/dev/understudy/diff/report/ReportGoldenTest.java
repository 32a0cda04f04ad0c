package dev.understudy.diff.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reports as they are published. {@code -Dgoldens.write} writes them anew into the sources; look at the change before
 * committing it.
 */
class ReportGoldenTest {
    private static final String FOLDER = "/golden/report/";

    enum Golden {
        NO_GO("no-go", SampleReports::noGo),
        GO("go", SampleReports::go),
        INCONCLUSIVE("inconclusive", SampleReports::inconclusive);

        private final String name;
        private final Supplier<Report> report;

        Golden(String name, Supplier<Report> report) {
            this.name = name;
            this.report = report;
        }

        Report report() {
            return report.get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void json(Golden golden) throws IOException {
        check(golden.name + ".json", new JsonReport().write(golden.report.get()));
    }

    @ParameterizedTest
    @EnumSource
    void markdown(Golden golden) throws IOException {
        check(golden.name + ".md", new MarkdownReport().write(golden.report.get()));
    }

    private static void check(String file, String text) throws IOException {
        if (System.getProperty("goldens.write") != null) {
            Path folder = Path.of("src/test/resources" + FOLDER);
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(file), text);
        }
        try (InputStream golden = ReportGoldenTest.class.getResourceAsStream(FOLDER + file)) {
            assertThat(golden).as(file).isNotNull();
            assertThat(text).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void jsonHasTheSchemasKeysAndNoOthers() throws IOException {
        JsonNode root = new JsonMapper().readTree(new JsonReport().write(SampleReports.noGo()));
        assertThat(keys(root))
                .containsExactly(
                        "schema",
                        "run",
                        "mode",
                        "verdict",
                        "reasons",
                        "ledger",
                        "parity",
                        "footprint",
                        "groups",
                        "expectations",
                        "invariants",
                        "locks",
                        "performance",
                        "untested");
        assertThat(root.path("schema").asText()).isEqualTo("understudy-report/1");
        assertThat(keys(root.path("reasons").get(0)))
                .containsExactly("gate", "unit", "value", "must", "limit", "effect", "valueText", "limitText", "text");
        assertThat(keys(root.path("ledger")))
                .containsExactly(
                        "exchanges",
                        "carryingData",
                        "compared",
                        "notComparable",
                        "filtered",
                        "tainted",
                        "raced",
                        "forced",
                        "gap",
                        "pending");
        assertThat(keys(root.path("footprint").get(0)))
                .containsExactly("object", "class", "severity", "change", "declared", "stateChecked", "exercised");
        assertThat(keys(root.path("footprint").get(0).path("exercised")))
                .containsExactly("enough", "lacking", "read", "written", "readInTrace", "writtenInTrace");
        assertThat(keys(root.path("groups").get(0)))
                .containsExactly(
                        "id",
                        "class",
                        "path",
                        "fingerprint",
                        "sql",
                        "attribution",
                        "disposition",
                        "severity",
                        "count",
                        "compared",
                        "share",
                        "transition",
                        "samples",
                        "cluster",
                        "origin");
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void theSameRunGivesTheSameBytes() {
        assertThat(new JsonReport().write(SampleReports.noGo()))
                .isEqualTo(new JsonReport().write(SampleReports.noGo()));
        assertThat(new MarkdownReport().write(SampleReports.noGo()))
                .isEqualTo(new MarkdownReport().write(SampleReports.noGo()));
    }

    @Test
    void aPageHasRoomForAnyReport() {
        String page = new MarkdownReport().write(SampleReports.enormous());
        assertThat(page.length()).isBetween(5_000, MarkdownReport.MAX_LENGTH - 1);
        assertThat(page).contains("## What was not tested").contains("2,000").endsWith("\n");
    }

    @Test
    void whatComesFromTheTrafficIsNoMarkup() {
        String page = new MarkdownReport().write(SampleReports.enormous());
        assertThat(page.lines()
                        .filter(line -> line.startsWith("|"))
                        .map(ReportGoldenTest::cells)
                        .distinct())
                .as("every row of a table has as many cells as its head")
                .allMatch(cells -> cells == 2 || cells == 3 || cells == 4 || cells == 9);
        assertThat(page).doesNotContain("\n<b>");
    }

    private static int cells(String row) {
        return row.replace("\\|", "").replaceAll("[^|]", "").length() - 1;
    }
}
