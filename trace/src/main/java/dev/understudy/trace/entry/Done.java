package dev.understudy.trace.entry;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Set;

/**
 * The rest of an exchange that a {@link Begun} opened.
 *
 * @param counter the shared counter at writing
 * @param id as in the Begun
 * @param doneNo the exchange's number
 * @param flags what else is to be known
 * @param segments pauses after those that the Begun told; offsets count from the request's very start; may be empty
 * @param requestRest the client's bytes that came after the Begun was written
 * @param requestParts how many {@link Part} entries since the Begun hold those bytes; 0 where {@code requestRest} does
 * @param answer what the server answered
 */
public record Done(
        long counter,
        ExchangeId id,
        long doneNo,
        Set<ExchangeFlag> flags,
        List<Segment> segments,
        ByteBuf requestRest,
        int requestParts,
        Answer answer)
        implements Entry {
    /** Copies the collections. */
    public Done {
        flags = Set.copyOf(flags);
        segments = List.copyOf(segments);
    }
}
