package dev.understudy.replay.selection;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.trace.entry.Cut;
import dev.understudy.trace.entry.ExchangeId;
import org.jspecify.annotations.Nullable;

/**
 * What of one session's exchanges is wanted; fed them in their order. Time and cut decide for a transaction as a whole,
 * since half of one means nothing.
 */
final class SessionSelection {
    private final Selection selection;
    private final @Nullable LeftOut wholeSession;
    private final StatementFilter statements;
    private boolean inTransaction;
    private @Nullable LeftOut transaction;
    private boolean openAtCut;

    SessionSelection(Selection selection, @Nullable LeftOut wholeSession) {
        this.selection = selection;
        this.wholeSession = wholeSession;
        this.statements = new StatementFilter(selection.filter().fingerprints());
    }

    /** What becomes of an exchange: left out where {@code leftOut} says why; else whether its answer is compared. */
    record Choice(@Nullable LeftOut leftOut, boolean compared) {}

    /** Decides for the next exchange. */
    Choice choose(RecordedExchange exchange) {
        boolean wanted = statements.wants(exchange);
        if (wholeSession != null) {
            return new Choice(wholeSession, false);
        }
        if (!inTransaction) {
            openAtCut = wasOpenAtCut(exchange.id());
            transaction = openAtCut ? null : began(exchange);
        }
        inTransaction = exchange.after() != TransactionStatus.IDLE && exchange.after() != TransactionStatus.UNKNOWN;
        if (transaction == null && !wanted) {
            return new Choice(LeftOut.NOT_SELECTED, false);
        }
        return new Choice(transaction, !(openAtCut && isBeforeCut(exchange)));
    }

    private @Nullable LeftOut began(RecordedExchange exchange) {
        if (isBeforeCut(exchange)) {
            return LeftOut.BEFORE_CUT;
        }
        if (exchange.startWallMicros() < selection.fromMicros()) {
            return LeftOut.BEFORE_FROM;
        }
        return exchange.startWallMicros() >= selection.untilMicros() ? LeftOut.AFTER_UNTIL : null;
    }

    private boolean isBeforeCut(RecordedExchange exchange) {
        Cut cut = selection.cut();
        return cut != null && exchange.doneNo() >= 0 && exchange.doneNo() <= cut.counter();
    }

    private boolean wasOpenAtCut(ExchangeId id) {
        Cut cut = selection.cut();
        return cut != null && cut.openTransactions().contains(id);
    }
}
