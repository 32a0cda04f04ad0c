package dev.understudy.pgwire.value;

import dev.understudy.pgwire.message.BodyReader;
import dev.understudy.pgwire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * tsquery in the binary format (tsquerysend): int32 count of items, each before its operands, the right one first. A word
 * is the byte 1, its weights, whether it is a prefix, and the word with a zero byte; an operator is 2 and which one,
 * FOLLOWED BY with its distance as int16. Written as tsqueryout does.
 */
final class TsQueryBinary {
    /** Operators inside operators, as far as they are followed. */
    private static final int MAX_DEPTH = 256;

    private static final int WORD = 1;
    private static final int OPERATOR = 2;
    private static final int NOT = 1;
    private static final int AND = 2;
    private static final int OR = 3;
    private static final int PHRASE = 4;
    /** By operator: OR binds least, NOT most. */
    private static final int[] PRIORITIES = {0, 4, 2, 1, 3};

    private final BodyReader reader;
    private int items;

    private TsQueryBinary(BodyReader reader) {
        this.reader = reader;
    }

    static @Nullable Value decode(ByteBuf bytes) {
        TsQueryBinary query = new TsQueryBinary(new BodyReader(bytes, "tsquery"));
        try {
            query.items = query.reader.int32();
            String text = query.items == 0 ? "" : query.item(-1, false, 0);
            return text == null || query.items != 0 || query.reader.remaining() > 0 ? null : new Value.TsQuery(text);
        } catch (ProtocolException e) {
            return null;
        }
    }

    /** One item with its operands; null where it is none. */
    private @Nullable String item(int outerPriority, boolean behindPhrase, int depth) {
        if (items-- <= 0 || depth > MAX_DEPTH) {
            return null;
        }
        int kind = reader.int8();
        if (kind == WORD) {
            return word();
        }
        int operator = kind == OPERATOR ? reader.int8() : 0;
        if (operator < NOT || operator > PHRASE) {
            return null;
        }
        int priority = PRIORITIES[operator];
        boolean brackets = priority < outerPriority || operator == PHRASE && behindPhrase;
        int distance = operator == PHRASE ? reader.int16() : 0;
        String right = item(priority, operator == PHRASE, depth + 1);
        String written = right;
        if (operator == NOT) {
            written = "!" + right;
        } else if (right != null) {
            String left = item(priority, false, depth + 1);
            written = left == null ? null : left + sign(operator, distance) + right;
        }
        if (right == null || written == null) {
            return null;
        }
        return brackets ? "( " + written + " )" : written;
    }

    private static String sign(int operator, int distance) {
        return switch (operator) {
            case AND -> " & ";
            case OR -> " | ";
            default -> distance == 1 ? " <-> " : " <" + distance + "> ";
        };
    }

    private String word() {
        int weights = reader.int8();
        boolean prefix = reader.int8() != 0;
        StringBuilder text = new StringBuilder("'")
                .append(reader.string().replace("\\", "\\\\").replace("'", "''"))
                .append('\'');
        if (prefix || weights != 0) {
            text.append(':').append(prefix ? "*" : "");
            for (int i = 0; i < 4; i++) {
                text.append((weights & 8 >> i) != 0 ? "ABCD".substring(i, i + 1) : "");
            }
        }
        return text.toString();
    }
}
