package dev.understudy.replay.oid;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that are OIDs themselves: of {@code regtype} and its like always, of {@code oid} in statements that read the
 * system's catalogs, as drivers do to learn about types.
 */
final class OidReferences {
    private static final int OID = 26;
    private static final int OID_ARRAY = 1028;
    private static final int REGPROC = 24;
    private static final int REGPROCEDURE = 2202;
    private static final int REGCLASS = 2205;
    private static final int REGTYPE = 2206;

    private static final Pattern CATALOGS =
            Pattern.compile("\\bpg_(type|class|proc|attribute|attrdef|enum|range|index|constraint|description)\\b");
    private static final int ARRAY_HEADER = 12;

    private final OidMap map;

    OidReferences(OidMap map) {
        this.map = map;
    }

    /** Whether values of this type may be OIDs of user-defined things. */
    static boolean is(int type) {
        return switch (type) {
            case OID, OID_ARRAY, REGPROC, REGPROCEDURE, REGCLASS, REGTYPE -> true;
            default -> false;
        };
    }

    /** Whether an {@code oid} in this statement means a thing of the catalogs, and not a large object, say. */
    static boolean readsCatalogs(String sql) {
        return CATALOGS.matcher(sql).find();
    }

    private @Nullable IntUnaryOperator translation(int type, boolean catalogs) {
        return switch (type) {
            case OID, OID_ARRAY -> catalogs ? map::any : null;
            case REGPROC, REGPROCEDURE -> map::function;
            case REGCLASS -> map::relation;
            case REGTYPE -> map::type;
            default -> null;
        };
    }

    /** Hears what is to be written where. */
    interface Places {
        void put(int index, int captured, int there);

        void put(int index, byte[] text);
    }

    /** Walks one value of {@code bytes}. */
    void walk(ByteBuf bytes, int from, int length, boolean binary, int type, boolean catalogs, Places places) {
        IntUnaryOperator there = translation(type, catalogs);
        if (there == null) {
            return;
        }
        if (binary && type == OID_ARRAY) {
            for (int at = from + arrayStart(bytes, from, length); at + 8 <= from + length; at += 8) {
                if (bytes.getInt(at) != 4) {
                    return;
                }
                places.put(at + 4, bytes.getInt(at + 4), there.applyAsInt(bytes.getInt(at + 4)));
            }
        } else if (binary && length == 4) {
            places.put(from, bytes.getInt(from), there.applyAsInt(bytes.getInt(from)));
        } else if (!binary) {
            text(bytes, from, length, there, places);
        }
    }

    private static int arrayStart(ByteBuf bytes, int from, int length) {
        return length < ARRAY_HEADER ? length : ARRAY_HEADER + 8 * (bytes.getInt(from) & 7);
    }

    /** A number in digits, in as many as there are: the server takes leading zeros. */
    private static void text(ByteBuf bytes, int from, int length, IntUnaryOperator translation, Places places) {
        int captured;
        try {
            captured = Integer.parseUnsignedInt(bytes.toString(from, length, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return; // a name
        }
        int there = translation.applyAsInt(captured);
        String digits = Integer.toUnsignedString(there);
        if (there != captured && digits.length() <= length) {
            places.put(from, ("0".repeat(length - digits.length()) + digits).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
