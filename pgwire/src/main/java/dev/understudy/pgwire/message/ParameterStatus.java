package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;

/** A setting that the server reports, at login and whenever it changes. */
public record ParameterStatus(String name, String value) {
    /**
     * Reads a ParameterStatus's body.
     *
     * @param body borrowed; indexes are not moved
     * @throws ProtocolException if the body is cut off
     */
    public static ParameterStatus decode(ByteBuf body) {
        BodyReader reader = new BodyReader(body, "ParameterStatus");
        return new ParameterStatus(reader.string(), reader.string());
    }
}
