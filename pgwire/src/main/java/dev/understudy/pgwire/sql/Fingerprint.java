package dev.understudy.pgwire.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a statement's shape: statements that differ only in white space, comments, letter case, literals, parameters or
 * the length of IN-lists, arrays and VALUES share it. It stays the same across servers and their versions.
 *
 * <p>The form is {@code q_} and the first 64 bits, in hexadecimal, of a SHA-256 over this scheme's version and the
 * {@linkplain NormalizedSql normalised text}. Costs some microseconds: callers cache it by SQL text.
 */
public final class Fingerprint {
    /** The scheme's version: part of what is hashed, so that fingerprints of two schemes never meet. */
    public static final int VERSION = 1;

    private static final int HASH_BYTES = 8;

    private Fingerprint() {}

    /** The fingerprint of one statement (a text of several has one too, for its whole). */
    public static String of(String sql) {
        return NormalizedSql.of(sql).fingerprint();
    }

    static String ofNormalized(String text) {
        MessageDigest digest = sha256();
        digest.update((byte) VERSION);
        byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
        return "q_" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
