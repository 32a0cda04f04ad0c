package dev.understudy.trace.entry;

import java.util.Set;

/** What else is to be known of an exchange; the ordinal is the bit in the format: append only. */
public enum ExchangeFlag {
    /** The connection ended before the server was ready again. */
    BROKEN_OFF,
    /** The server entered COPY FROM STDIN. */
    COPY_IN,
    /** The server entered COPY TO STDOUT. */
    COPY_OUT,
    /** More than one Sync (or Query) was answered together, as a Sync inside COPY is. */
    SEVERAL_SYNCS,
    /** Values were replaced by redaction. */
    REDACTED,
    /** Part of the answer is present only as digest. */
    DIGESTED,
    /** Asynchronous messages stood between the answer's frames; they are in the frames too. */
    ASYNC_INSIDE,
    /** A cancel request for this session was forwarded while the exchange was open. */
    CANCELLED;

    private static final ExchangeFlag[] VALUES = values();

    /** The format's bits for a set of flags. */
    public static int toBits(Set<ExchangeFlag> flags) {
        if (flags.isEmpty()) {
            return 0; // nearly all; without the iterator
        }
        int bits = 0;
        for (ExchangeFlag flag : flags) {
            bits |= 1 << flag.ordinal();
        }
        return bits;
    }

    /** The flags for the format's bits; bits that this version does not know are ignored. */
    public static Set<ExchangeFlag> ofBits(int bits) {
        if (bits == 0) {
            return Set.of();
        }
        Set<ExchangeFlag> flags = java.util.EnumSet.noneOf(ExchangeFlag.class);
        for (ExchangeFlag flag : VALUES) {
            if ((bits & 1 << flag.ordinal()) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
