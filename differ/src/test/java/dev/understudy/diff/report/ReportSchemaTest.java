package dev.understudy.diff.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports hold to the schema that is published for them. */
class ReportSchemaTest {
    private static final String FILE = "understudy-report-1.schema.json";
    private static final JsonMapper JSON = new JsonMapper();

    private static Schema schema() throws IOException {
        try (InputStream in = JsonReport.class.getResourceAsStream(FILE)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
        }
    }

    private static JsonNode report(ReportGoldenTest.Golden golden) throws IOException {
        return JSON.readTree(new JsonReport().write(golden.report()));
    }

    @ParameterizedTest
    @EnumSource
    void everyReportIsValid(ReportGoldenTest.Golden golden) throws IOException {
        assertThat(schema().validate(report(golden))).isEmpty();
    }

    @Test
    void aReportOfThousandsOfGroupsIsValid() throws IOException {
        assertThat(schema().validate(JSON.readTree(new JsonReport().write(SampleReports.enormous()))))
                .isEmpty();
    }

    @Test
    void whatTheSchemaDoesNotKnowIsRefused() throws IOException {
        ObjectNode more = (ObjectNode) report(ReportGoldenTest.Golden.NO_GO);
        more.put("surprise", 1);
        assertThat(schema().validate(more)).hasSize(1);
        ObjectNode wrong = (ObjectNode) report(ReportGoldenTest.Golden.NO_GO);
        ((ObjectNode) wrong.path("reasons").get(0)).put("value", "2 %");
        assertThat(schema().validate(wrong)).hasSize(1);
        ObjectNode less = (ObjectNode) report(ReportGoldenTest.Golden.NO_GO);
        ((ObjectNode) less.path("groups").get(0)).remove("cluster");
        assertThat(schema().validate(less)).hasSize(1);
    }

    @Test
    void theDocumentationsCopyIsTheSame() throws IOException {
        try (InputStream in = JsonReport.class.getResourceAsStream(FILE)) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(Path.of("../docs", FILE)));
        }
    }
}
