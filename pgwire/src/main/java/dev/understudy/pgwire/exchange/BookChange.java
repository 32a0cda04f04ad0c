package dev.understudy.pgwire.exchange;

/** One thing that an exchange changed of what a session's server knows; see {@link StatementBook#apply}. */
public sealed interface BookChange {
    /** A statement is known, or known in another way. */
    record Statement(PreparedStatement statement) implements BookChange {}

    /** A portal is known, or known in another way. */
    record Bound(Portal portal) implements BookChange {}

    /** A statement is gone. */
    record StatementClosed(String name) implements BookChange {}

    /** A portal is gone. */
    record PortalClosed(String name) implements BookChange {}

    /** Every named statement is gone. */
    record AllStatementsClosed() implements BookChange {}

    /** Every portal is gone. */
    record AllPortalsClosed() implements BookChange {}
}
