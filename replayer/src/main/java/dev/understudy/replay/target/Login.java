package dev.understudy.replay.target;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import dev.understudy.pgwire.message.Authentication;
import dev.understudy.pgwire.message.BackendKeyData;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.ServerMessage;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A login as messages in and out: trust, password, md5 and SCRAM-SHA-256 (protocol chapter 55.2.1 and 55.3). Without
 * any socket.
 */
final class Login {
    private static final String SCRAM = "SCRAM-SHA-256";
    /** A SCRAM client needs a user name, and PostgreSQL ignores it: the startup message has named the role. */
    private static final String IGNORED_USER = "*";

    private final String user;
    private final String password;
    private @Nullable ScramClient scram;
    private @Nullable BackendKeyData key;

    Login(String user, String password) {
        this.user = user;
        this.password = password;
    }

    void begin(Map<String, String> startup, ByteBuf out) {
        FrontendMessages.startup(out, startup);
    }

    /**
     * Takes one message of the server; what is to be sent back is appended to {@code out}.
     *
     * @return whether the session is ready
     * @throws LoginRefused if the server refuses, or asks for what cannot be answered
     */
    boolean receive(byte type, ByteBuf body, ByteBuf out) {
        switch (type) {
            case BackendType.AUTHENTICATION -> authenticate(Authentication.decode(body), out);
            case BackendType.ERROR_RESPONSE -> {
                ServerMessage error = ServerMessage.decode(body);
                throw new LoginRefused(error.sqlState(), error.text());
            }
            case BackendType.BACKEND_KEY_DATA -> key = BackendKeyData.decode(body);
            case BackendType.READY_FOR_QUERY -> {
                return true;
            }
            default -> {
                // ParameterStatus, notices, NegotiateProtocolVersion: nothing to do about them
            }
        }
        return false;
    }

    private void authenticate(Authentication request, ByteBuf out) {
        try {
            if (request instanceof Authentication.CleartextPassword) {
                FrontendMessages.password(out, required());
            } else if (request instanceof Authentication.Md5 md5) {
                FrontendMessages.password(out, md5(required(), md5.salt()));
            } else if (request instanceof Authentication.Sasl sasl) {
                beginScram(sasl.mechanisms(), out);
            } else if (request instanceof Authentication.SaslContinue next) {
                client().serverFirstMessage(new String(next.data(), StandardCharsets.UTF_8));
                FrontendMessages.saslResponse(
                        out, bytes(client().clientFinalMessage().toString()));
            } else if (request instanceof Authentication.SaslFinal last) {
                client().serverFinalMessage(new String(last.data(), StandardCharsets.UTF_8));
            } else if (request instanceof Authentication.Unsupported other) {
                throw new LoginRefused(
                        "08P01",
                        "user=" + user + " authentication=" + other.code()
                                + ": expected trust, password, md5 or scram-sha-256");
            }
        } catch (ScramException e) {
            throw new LoginRefused("28P01", "user=" + user + ": SCRAM failed: " + e.getMessage());
        }
    }

    private void beginScram(List<String> mechanisms, ByteBuf out) {
        if (!mechanisms.contains(SCRAM)) {
            throw new LoginRefused("08P01", "user=" + user + " mechanisms=" + mechanisms + ": expected " + SCRAM);
        }
        ScramClient client = ScramClient.builder()
                .advertisedMechanisms(List.of(SCRAM))
                .username(IGNORED_USER)
                .password(required().toCharArray())
                .build();
        scram = client;
        FrontendMessages.saslInitialResponse(
                out, SCRAM, bytes(client.clientFirstMessage().toString()));
    }

    private ScramClient client() {
        if (scram == null) {
            throw new LoginRefused("08P01", "user=" + user + ": a SASL challenge came before the mechanisms");
        }
        return scram;
    }

    private String required() {
        if (password.isEmpty()) {
            throw new LoginRefused("28P01", "user=" + user + ": the server asks for a password and none is known");
        }
        return password;
    }

    /** PostgreSQL's {@code md5(md5(password user) salt)}. */
    private String md5(String secret, byte[] salt) {
        String inner = hex(bytes(secret + user), new byte[0]);
        return "md5" + hex(bytes(inner), salt);
    }

    private static String hex(byte[] first, byte[] second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(first);
            digest.update(second);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The server's process and its cancel key; null if it sent none. */
    @Nullable BackendKeyData key() {
        return key;
    }
}
