package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * What a CancelRequest must name. Never recorded.
 *
 * @param processId the server process
 * @param secretKey 4 bytes in protocol 3.0, up to 256 in 3.2; a copy
 */
public record BackendKeyData(int processId, byte[] secretKey) {
    /**
     * Reads a BackendKeyData's body.
     *
     * @param body borrowed; indexes are not moved
     * @throws ProtocolException if the body is cut off
     */
    public static BackendKeyData decode(ByteBuf body) {
        BodyReader reader = new BodyReader(body, "BackendKeyData");
        int processId = reader.int32();
        return new BackendKeyData(processId, ByteBufUtil.getBytes(reader.bytes(reader.remaining())));
    }
}
