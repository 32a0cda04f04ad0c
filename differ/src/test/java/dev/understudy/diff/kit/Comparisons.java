package dev.understudy.diff.kit;

import dev.understudy.diff.compare.Answer;
import dev.understudy.diff.compare.AnswerComparison;
import dev.understudy.diff.compare.Comparison;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.pgwire.exchange.StatementBook;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.Omission;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares two answers to one request. */
public final class Comparisons {
    private static final AnswerComparison COMPARISON = new AnswerComparison(new Statements());

    private Comparisons() {}

    /** Two answers to a simple query, of servers without catalogs. */
    public static Comparison compare(String sql, ByteBuf left, ByteBuf right) {
        return compare(sql, left, null, right, null);
    }

    /** Two answers to a simple query. */
    public static Comparison compare(
            String sql, ByteBuf left, @Nullable Catalog leftCatalog, ByteBuf right, @Nullable Catalog rightCatalog) {
        ByteBuf request = Requests.query(sql);
        return compare(request, answer(request, left, leftCatalog), answer(request, right, rightCatalog));
    }

    /** Two answers to any request. */
    public static Comparison compare(ByteBuf request, Answer left, Answer right) {
        return COMPARISON.compare(left, right);
    }

    /** One side that lacks something: what was left out of its steps, its end, or its connection's. */
    public static Answer partial(
            ByteBuf request, ByteBuf frames, Map<Integer, Omission> omissions, boolean cut, boolean brokenOff) {
        Answer whole = answer(request, frames, null);
        return new Answer(whole.interpretation(), whole.catalog(), omissions, cut, brokenOff);
    }

    /** One side. */
    public static Answer answer(ByteBuf request, ByteBuf frames, @Nullable Catalog catalog) {
        return new Answer(
                Interpreter.interpret(request, frames, new StatementBook()),
                new ServerCatalog(catalog),
                Map.of(),
                false,
                false);
    }
}
