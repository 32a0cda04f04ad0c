package dev.understudy.replay.generated;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.value.Value;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session of production's, as far as generated values go. */
final class SessionReading {
    /** Values of one answer that are told apart; beyond, none are learned. */
    static final int MAX_BROUGHT = 1_000;

    private final Domains domains;
    private final Statements statements;
    /** The sequence that the session has drawn from last; null if that is not certain. */
    private @Nullable Domain last;

    SessionReading(Domains domains, Statements statements) {
        this.domains = domains;
        this.statements = statements;
    }

    Generated read(ByteBuf request, Interpretation read, boolean whole) {
        UseReader uses = new UseReader(request, statements);
        List<Brought> brings = new ArrayList<>();
        boolean counted = whole;
        int result = 0;
        for (int i = 0; i < read.steps().size(); i++) {
            Step step = read.steps().get(i);
            Statement statement = statements.of(step.sql());
            uses.parameters(statement, step);
            boolean ended = step.tag() != null || step.suspended();
            // what a rule has added stands before the statement's own result, without an end of its own
            counted &= ended || step.error() != null || i == read.steps().size() - 1;
            if (ended && counted) {
                drawn(statement);
                bring(brings, statement, step, result);
                result++;
            }
        }
        uses.constants();
        boolean nothing = uses.found().isEmpty() && brings.isEmpty();
        return nothing ? Generated.NONE : new Generated(uses.found(), brings);
    }

    private void drawn(Statement statement) {
        if (statement.unsettles()) {
            last = null;
        } else if (statement.draws() != null) {
            last = statement.draws();
        }
        for (Statement.Call call : statement.calls()) {
            if (call != null && call.function().equals("nextval")) {
                last = call.sequence();
            }
        }
    }

    private void bring(List<Brought> brings, Statement statement, Step step, int result) {
        if (step.rows() == null || step.dataRows().isEmpty()) {
            return;
        }
        List<Field> fields = step.rows().fields();
        for (int index = 0; index < fields.size(); index++) {
            Field field = fields.get(index);
            Column column =
                    field.relationOid() == 0 ? null : domains.column(field.relationOid(), field.attributeNumber());
            Statement.Call call =
                    index < statement.calls().size() ? statement.calls().get(index) : null;
            if (column != null) {
                boolean drawn = statement.drawnColumns().contains(column.name())
                        && step.tag() != null
                        && step.tag().startsWith("INSERT");
                column(brings, column.domain(), step, field, result, index, drawn);
            } else if (call != null) {
                Domain sequence = call.sequence() == null ? last : call.sequence();
                if (sequence != null) {
                    column(brings, sequence, step, field, result, index, true);
                }
            }
        }
    }

    private static void column(
            List<Brought> brings, Domain domain, Step step, Field field, int result, int index, boolean drawn) {
        for (int row = 0; row < step.dataRows().size() && brings.size() < MAX_BROUGHT; row++) {
            Value value;
            try {
                List<@Nullable ByteBuf> columns =
                        DataRow.columns(step.dataRows().get(row));
                value = index < columns.size()
                        ? KeyValues.read(field.typeOid(), field.format(), columns.get(index))
                        : null;
            } catch (ProtocolException e) {
                return; // what can't be read brings nothing
            }
            if (value != null && domain.mayBeNew(value)) {
                brings.add(new Brought(domain, value, field.typeOid(), field.format(), result, row, index, drawn));
            }
        }
    }
}
