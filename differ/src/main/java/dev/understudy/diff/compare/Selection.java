package dev.understudy.diff.compare;

import dev.understudy.diff.statement.RowChoice;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.pgwire.exchange.Parameter;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Values;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Set;

/** Whether a statement leaves open which rows it gives, as far as its text, its arguments and both results tell. */
enum Selection {
    /** Every row that meets the conditions. */
    ALL,
    /** The first rows of an order, whose ties at the cut are open. */
    CUT_IN_ORDER,
    /** As many rows as the limit lets through, no matter which. */
    CUT_ANYWHERE,
    /** Chance chooses. */
    DRAWN,
    /** A subquery may leave it open. */
    OPEN_INSIDE;

    /**
     * The selection.
     *
     * @param step the left side's statement, with its arguments
     * @param leftRows how many rows the left side has
     * @param rightRows how many the right side has
     */
    static Selection of(
            StatementFacts facts,
            Step step,
            long leftRows,
            long rightRows,
            ServerCatalog leftCatalog,
            ServerCatalog rightCatalog) {
        RowChoice choice = facts.choice();
        if (choice.drawn()) {
            return DRAWN;
        }
        boolean cut = choice.limited()
                && !choice.withTies()
                && leftRows == rightRows
                && (choice.offset() || !isBelow(choice, step, leftRows))
                && !isPinned(facts, leftCatalog)
                && !isPinned(facts, rightCatalog);
        if (cut) {
            return facts.isOrdered() ? CUT_IN_ORDER : CUT_ANYWHERE;
        }
        return choice.openInside() ? OPEN_INSIDE : ALL;
    }

    /** Whether fewer rows came than the limit lets through, so that it cut nothing off. */
    private static boolean isBelow(RowChoice choice, Step step, long rows) {
        long limit = choice.limit();
        int parameter = choice.limitParameter();
        if (parameter > 0 && parameter <= step.parameters().size()) {
            limit = number(step.parameters().get(parameter - 1));
        }
        return limit >= 0 && rows < limit;
    }

    private static long number(Parameter parameter) {
        ByteBuf bytes = parameter.value();
        if (bytes == null) {
            return Long.MAX_VALUE;
        }
        // LIMIT takes a bigint; a driver may have left the type to the server.
        int type = parameter.typeOid() != 0
                ? parameter.typeOid()
                : parameter.format() == Field.BINARY && bytes.readableBytes() == Integer.BYTES
                        ? PgType.INT4.oid()
                        : PgType.INT8.oid();
        return Values.decode(type, parameter.format(), bytes) instanceof Value.Int number ? number.value() : -1;
    }

    /** Whether the conditions leave one row at most: a unique key is set equal to constants. */
    private static boolean isPinned(StatementFacts facts, ServerCatalog catalog) {
        Set<String> pinned = facts.choice().pinned();
        if (pinned.isEmpty()) {
            return false;
        }
        for (List<String> key : catalog.uniqueKeys(facts.tables().iterator().next())) {
            if (pinned.containsAll(key)) {
                return true;
            }
        }
        return false;
    }
}
