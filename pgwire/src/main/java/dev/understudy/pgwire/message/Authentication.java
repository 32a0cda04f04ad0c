package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;

/** What a server asks for, or tells, while a client logs in. Byte arrays are copies and the caller's. */
public sealed interface Authentication {
    /** The client is in. */
    record Ok() implements Authentication {}

    /** The server wants the password as it is. */
    record CleartextPassword() implements Authentication {}

    /** The server wants {@code md5(md5(password user) salt)}; the salt has four bytes. */
    record Md5(byte[] salt) implements Authentication {}

    /** The server offers SASL mechanisms, the one it prefers first. */
    record Sasl(List<String> mechanisms) implements Authentication {
        /** Copies the list. */
        public Sasl {
            mechanisms = List.copyOf(mechanisms);
        }
    }

    /** A SASL challenge. */
    record SaslContinue(byte[] data) implements Authentication {}

    /** The SASL outcome, to be verified by the client. */
    record SaslFinal(byte[] data) implements Authentication {}

    /** Any other request (Kerberos, GSSAPI, SSPI, or unknown), by its code. */
    record Unsupported(int code) implements Authentication {}

    /**
     * Reads an Authentication message's body.
     *
     * @param body borrowed; indexes are not moved
     * @throws ProtocolException if the body is cut off
     */
    static Authentication decode(ByteBuf body) {
        BodyReader reader = new BodyReader(body, "Authentication");
        int code = reader.int32();
        return switch (code) {
            case 0 -> new Ok();
            case 3 -> new CleartextPassword();
            case 5 -> new Md5(ByteBufUtil.getBytes(reader.bytes(4)));
            case 10 -> new Sasl(mechanisms(reader));
            case 11 -> new SaslContinue(ByteBufUtil.getBytes(reader.bytes(reader.remaining())));
            case 12 -> new SaslFinal(ByteBufUtil.getBytes(reader.bytes(reader.remaining())));
            default -> new Unsupported(code);
        };
    }

    private static List<String> mechanisms(BodyReader reader) {
        List<String> mechanisms = new ArrayList<>();
        for (String name = reader.string(); !name.isEmpty(); name = reader.string()) {
            mechanisms.add(name);
        }
        return mechanisms;
    }
}
