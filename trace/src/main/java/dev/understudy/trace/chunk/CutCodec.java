package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Cut;
import dev.understudy.trace.entry.ExchangeId;

/**
 * A cut.
 *
 * <pre>
 *  12 Cut:  string name, string systemIdentifier, string database, string lsn, string snapshotId, string snapshot,
 *           zigzag wallMicros, list of sequences (CatalogCodec), list of string preparedTransactions,
 *           list of openTransactions: varint session, varint ordinal
 * </pre>
 */
final class CutCodec {
    private CutCodec() {}

    static void write(WireWriter out, Cut cut) {
        out.string(cut.name());
        out.string(cut.systemIdentifier());
        out.string(cut.database());
        out.string(cut.lsn());
        out.string(cut.snapshotId());
        out.string(cut.snapshot());
        out.zigzag(cut.wallMicros());
        CatalogCodec.writeSequences(out, cut.sequences());
        out.strings(cut.preparedTransactions());
        out.varint(cut.openTransactions().size());
        for (ExchangeId id : cut.openTransactions()) {
            out.varint(id.session());
            out.varint(id.ordinal());
        }
    }

    static Cut read(WireReader in, long counter) {
        return new Cut(
                counter,
                in.string("name"),
                in.string("systemIdentifier"),
                in.string("database"),
                in.string("lsn"),
                in.string("snapshotId"),
                in.string("snapshot"),
                in.zigzag("wallMicros"),
                CatalogCodec.readSequences(in),
                in.strings("preparedTransactions"),
                in.list("openTransactions", id -> new ExchangeId(id.varint("session"), id.varint("ordinal"))));
    }
}
