package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.pgwire.message.ServerMessage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects one step while its answer is read. */
final class StepBuilder {
    private final String sql;
    private final boolean extended;
    private final List<Parameter> parameters;
    private final List<ByteBuf> dataRows = new ArrayList<>(1);
    private final List<ByteBuf> copyOut = new ArrayList<>(0);
    private @Nullable RowDescription rows;

    private StepBuilder(String sql, boolean extended, List<Parameter> parameters, @Nullable RowDescription rows) {
        this.sql = sql;
        this.extended = extended;
        this.parameters = parameters;
        this.rows = rows;
    }

    static StepBuilder simple(String sql) {
        return new StepBuilder(sql, false, List.of(), null);
    }

    static StepBuilder extended(String sql, List<Parameter> parameters, @Nullable RowDescription rows) {
        return new StepBuilder(sql, true, parameters, rows);
    }

    String sql() {
        return sql;
    }

    boolean hasRows() {
        return rows != null;
    }

    boolean hasAnswer() {
        return rows != null || !dataRows.isEmpty() || !copyOut.isEmpty();
    }

    void rows(@Nullable RowDescription description) {
        rows = description;
    }

    void dataRow(ByteBuf body) {
        dataRows.add(body);
    }

    void copyData(ByteBuf body) {
        copyOut.add(body);
    }

    Step completed(String tag) {
        return build(tag, false, null);
    }

    Step suspended() {
        return build(null, true, null);
    }

    Step failed(ServerMessage error) {
        return build(null, false, error);
    }

    Step unfinished() {
        return build(null, false, null);
    }

    private Step build(@Nullable String tag, boolean suspended, @Nullable ServerMessage error) {
        return new Step(
                sql,
                extended,
                Collections.unmodifiableList(parameters),
                rows,
                Collections.unmodifiableList(dataRows),
                Collections.unmodifiableList(copyOut),
                tag,
                suspended,
                error);
    }
}
