package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.pgwire.message.ServerMessage;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement that an exchange ran (or failed to run), with its answer.
 *
 * <p>A step without tag and error that is not suspended was broken off by the connection's end (or, inside a simple
 * query, is a result that a rule added before the statement's own). A FunctionCall has {@code FUNCTION CALL oid} as its
 * text, {@code FUNCTION CALL} as its tag, and the response's body in {@code copyOut}.
 *
 * @param sql the statement's own text: for a simple query of several statements, the part that this step ran; empty
 *     where the text is not known, or where an error belongs to no statement (a deferred constraint at Sync, the
 *     connection's end)
 * @param extended whether it came through Parse/Bind/Execute
 * @param parameters as bound; empty for simple queries
 * @param rows the columns, with formats, of the rows that follow; null where the statement returns none or where no
 *     description is known
 * @param dataRows the DataRow bodies in the order received; views, never released
 * @param copyOut the CopyData bodies received, in order
 * @param tag the CommandComplete tag; null where the step ended otherwise; empty for EmptyQueryResponse
 * @param suspended whether the portal stopped at its row limit
 * @param error the error that ended the step
 */
public record Step(
        String sql,
        boolean extended,
        List<Parameter> parameters,
        @Nullable RowDescription rows,
        List<ByteBuf> dataRows,
        List<ByteBuf> copyOut,
        @Nullable String tag,
        boolean suspended,
        @Nullable ServerMessage error) {}
