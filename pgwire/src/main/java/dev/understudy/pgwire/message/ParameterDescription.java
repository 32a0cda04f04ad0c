package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The parameter types of a prepared statement, as OIDs of the server that answered. */
public record ParameterDescription(List<Integer> typeOids) {
    /** Copies the list. */
    public ParameterDescription {
        typeOids = List.copyOf(typeOids);
    }

    /**
     * Reads a ParameterDescription's body.
     *
     * @param body borrowed; indexes are not moved
     * @throws ProtocolException if the body ends before the types it announces
     */
    public static ParameterDescription decode(ByteBuf body) {
        BodyReader reader = new BodyReader(body, "ParameterDescription");
        int count = reader.count();
        List<Integer> types = new ArrayList<>(Math.min(count, reader.remaining() / 4));
        for (int i = 0; i < count; i++) {
            types.add(reader.int32());
        }
        return new ParameterDescription(types);
    }
}
