package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Omission;
import java.util.List;

/**
 * What is missing from an answer: a list of
 *
 * <pre>
 *  varint answerOffset, varint frames, varint bytes, varint totalFrames, bytes orderedDigest, bytes unorderedDigest
 * </pre>
 *
 * For this module's codecs, not for others.
 */
public final class OmissionCodec {
    private OmissionCodec() {}

    /** Writes the list. */
    public static void write(WireWriter out, List<Omission> omissions) {
        out.varint(omissions.size());
        for (int i = 0; i < omissions.size(); i++) {
            Omission omission = omissions.get(i);
            out.varint(omission.answerOffset());
            out.varint(omission.frames());
            out.varint(omission.bytes());
            out.varint(omission.totalFrames());
            out.bytes(omission.orderedDigest());
            out.bytes(omission.unorderedDigest());
        }
    }

    /** Reads the list. */
    public static List<Omission> read(WireReader in) {
        return in.list("omissions", OmissionCodec::omission);
    }

    private static Omission omission(WireReader in) {
        return new Omission(
                in.size("answerOffset"),
                in.varint("frames"),
                in.varint("bytes"),
                in.varint("totalFrames"),
                in.bytes("orderedDigest"),
                in.bytes("unorderedDigest"));
    }
}
