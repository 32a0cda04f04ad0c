package dev.understudy.diff.corpus;

import static dev.understudy.diff.kit.Answers.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.understudy.diff.kit.Answers;
import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a side's answers as a server would. */
final class CorpusAnswers {
    private final CorpusSchema schema;
    private final SideClock clock;
    private final BinaryForms binaryForms;
    private final boolean binary;

    CorpusAnswers(CorpusSchema schema, SideClock clock, BinaryForms binaryForms, boolean binary) {
        this.schema = schema;
        this.clock = clock;
        this.binaryForms = binaryForms;
        this.binary = binary;
    }

    /** The answer to the exchange of that number. */
    ByteBuf frames(JsonNode exchange, JsonNode written, int ordinal) {
        Answers out = answer();
        boolean extended = binary || exchange.has("params");
        if (written.path("nothing").asBoolean()) {
            return out.unfinished();
        }
        if (extended) {
            out.parsedAndBound();
        }
        if (written.has("steps")) {
            written.path("steps").forEach(step -> step(out, exchange, step, ordinal));
        } else {
            step(out, exchange, written, ordinal);
        }
        if (written.path("unfinished").asBoolean()) {
            return out.unfinished();
        }
        return out.ready(written.path("status").asText("I").charAt(0));
    }

    private void step(Answers out, JsonNode exchange, JsonNode step, int ordinal) {
        if (step.path("empty").asBoolean()) {
            out.empty();
            return;
        }
        if (step.has("copy")) {
            List<String> lines = new ArrayList<>();
            step.path("copy").forEach(line -> lines.add(line.asText()));
            out.copyOut(lines.toArray(String[]::new)).done("COPY " + lines.size());
            return;
        }
        int rows = rows(out, exchange, step, ordinal);
        JsonNode error = step.path("error");
        if (error.isObject()) {
            Map<Character, String> fields = new TreeMap<>();
            error.properties().forEach(field -> {
                if (field.getKey().length() == 1) {
                    fields.put(field.getKey().charAt(0), field.getValue().asText());
                }
            });
            out.error(error.path("code").asText(), error.path("message").asText(), fields);
        } else if (!step.path("unfinished").asBoolean()) {
            out.done(step.path("tag").asText("SELECT " + rows));
        }
    }

    private int rows(Answers out, JsonNode exchange, JsonNode step, int ordinal) {
        boolean raw = step.has("hex");
        JsonNode columns = step.has("columns") ? step.path("columns") : exchange.path("columns");
        JsonNode rows = raw ? step.path("hex") : step.isArray() ? step : step.path("rows");
        boolean tagAlone = !step.isArray() && !raw && !step.has("rows") && !step.has("each");
        if (tagAlone) {
            if (binary && !step.has("error")) {
                out.noData();
            }
            return 0;
        }
        Field[] fields = new Field[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = schema.field(columns.get(i).asText(), raw || binary);
        }
        out.columns(fields);
        if (step.has("each")) {
            rows = each(step);
        }
        for (JsonNode row : rows) {
            List<byte @Nullable []> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(value(columns.get(i).asText(), row.get(i), raw, ordinal));
            }
            out.rawRow(values);
        }
        return rows.size();
    }

    private byte @Nullable [] value(String column, JsonNode cell, boolean raw, int ordinal) {
        if (cell.isNull()) {
            return null;
        }
        String text = cell.asText();
        if (raw) {
            return HexFormat.of().parseHex(text);
        }
        String type = CorpusSchema.typeName(column);
        return binary
                ? binaryForms.of(type, text)
                : clock.written(text, type, ordinal).getBytes(StandardCharsets.UTF_8);
    }

    /** Many rows of one form, less those that are said to be otherwise or not to be there. */
    private static ArrayNode each(JsonNode step) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (int i = 1; i <= step.path("each").asInt(); i++) {
            JsonNode other = step.path("except").path(Integer.toString(i));
            if (other.isNull()) {
                continue;
            }
            if (other.isArray()) {
                rows.add(other);
                continue;
            }
            ArrayNode row = rows.addArray();
            for (JsonNode cell : step.path("row")) {
                row.add(cell.asText().replace("${i}", Integer.toString(i)));
            }
        }
        return rows;
    }
}
