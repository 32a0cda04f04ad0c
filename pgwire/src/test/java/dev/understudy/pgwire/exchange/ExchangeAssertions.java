package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.DataRow;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads steps back for assertions. */
final class ExchangeAssertions {
    private ExchangeAssertions() {}

    /** A step as a line: how it came, its text, parameters, columns, rows, COPY data, end. */
    static String line(Step step) {
        StringBuilder line = new StringBuilder(step.extended() ? "x " : "q ").append(step.sql());
        for (Parameter parameter : step.parameters()) {
            line.append(" $").append(parameter.typeOid()).append('=').append(text(parameter.value()));
        }
        if (step.rows() != null) {
            line.append(" [");
            step.rows()
                    .fields()
                    .forEach(field -> line.append(field.name())
                            .append('/')
                            .append(field.format())
                            .append(' '));
            line.setCharAt(line.length() - 1, ']');
        }
        for (ByteBuf row : step.dataRows()) {
            line.append(" (");
            List<ByteBuf> columns = DataRow.columns(row);
            columns.forEach(column -> line.append(text(column)).append(','));
            line.setCharAt(line.length() - 1, ')');
        }
        step.copyOut().forEach(data -> line.append(" d:").append(text(data)));
        if (step.tag() != null) {
            line.append(" -> ").append(step.tag());
        }
        if (step.suspended()) {
            line.append(" suspended");
        }
        if (step.error() != null) {
            line.append(" !").append(step.error().sqlState());
        }
        return line.toString();
    }

    static List<String> lines(Interpretation interpretation) {
        return interpretation.steps().stream().map(ExchangeAssertions::line).toList();
    }

    private static String text(ByteBuf bytes) {
        return bytes == null ? "null" : bytes.toString(StandardCharsets.UTF_8);
    }
}
