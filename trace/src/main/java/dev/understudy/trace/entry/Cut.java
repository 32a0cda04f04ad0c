package dev.understudy.trace.entry;

import dev.understudy.trace.catalog.Catalog;
import java.util.List;

/**
 * The exact point at which a base copy was taken.
 *
 * @param counter the shared counter at writing: what had completed before is in the copy
 * @param name the cut's name
 * @param systemIdentifier of the server
 * @param database the database
 * @param lsn the WAL position, as text
 * @param snapshotId what {@code pg_export_snapshot} answered
 * @param snapshot what {@code pg_current_snapshot} answered, as text
 * @param wallMicros wall clock, microseconds since 1970
 * @param sequences every sequence's position
 * @param preparedTransactions global ids of prepared transactions
 * @param openTransactions sessions with a transaction open, with the ordinal of the exchange that opened it
 */
public record Cut(
        long counter,
        String name,
        String systemIdentifier,
        String database,
        String lsn,
        String snapshotId,
        String snapshot,
        long wallMicros,
        List<Catalog.Sequence> sequences,
        List<String> preparedTransactions,
        List<ExchangeId> openTransactions)
        implements Entry {}
