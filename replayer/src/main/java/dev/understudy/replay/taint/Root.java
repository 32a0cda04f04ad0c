package dev.understudy.replay.taint;

import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.run.TaintReason;

/**
 * Where the arms went apart.
 *
 * @param exchange the exchange that did otherwise on one arm
 * @param raced whether it only took another order there
 */
record Root(ExchangeId exchange, boolean raced) {
    private static final String FAILED_EARLIER = "failed-earlier-in-transaction";
    private static final String NOT_PREPARED = "statement-not-prepared";
    private static final String NO_VALUE = "value-not-generated";
    private static final String SESSION_APART = "session-apart";
    private static final String FAILED_WRITE = "failed-write";
    private static final String RACED_WRITE = "raced-write";

    static Root failed(ExchangeId exchange) {
        return new Root(exchange, false);
    }

    /** Of what comes in the transaction behind it. */
    TaintReason inTransaction() {
        return new TaintReason(FAILED_EARLIER, exchange);
    }

    /** Of what uses a statement that it did not prepare. */
    TaintReason notPrepared() {
        return new TaintReason(NOT_PREPARED, exchange);
    }

    /** Of what uses a value that it did not generate. */
    TaintReason noValue() {
        return new TaintReason(NO_VALUE, exchange);
    }

    /** Of what the session does under other settings, or did not do where it was lost. */
    TaintReason session() {
        return new TaintReason(SESSION_APART, exchange);
    }

    /** Of what touches rows that it wrote on one arm only, or in another order. */
    TaintReason rows() {
        return new TaintReason(raced ? RACED_WRITE : FAILED_WRITE, exchange);
    }
}
