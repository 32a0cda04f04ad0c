package dev.understudy.trace.entry;

import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;

/**
 * What a session's server knows when recording of it begins in the middle: after a switch or after a gap.
 *
 * @param counter the shared counter at writing
 * @param session the session
 * @param nextOrdinal the ordinal of the first exchange that follows
 * @param incomplete whether something could not be known
 * @param status the transaction status
 * @param parameters ParameterStatus values
 * @param statements the Parse (or PREPARE) frames of statements known by ParseComplete, by name
 * @param state frames that bring a fresh session to this one's state, in order: SET, role, search_path, temporary
 *     tables, LISTEN, advisory locks; each a whole frontend frame
 */
public record SessionSnapshot(
        long counter,
        long session,
        long nextOrdinal,
        boolean incomplete,
        TransactionStatus status,
        Map<String, String> parameters,
        Map<String, ByteBuf> statements,
        List<ByteBuf> state)
        implements Entry {}
