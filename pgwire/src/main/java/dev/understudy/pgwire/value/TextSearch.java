package dev.understudy.pgwire.value;

import dev.understudy.pgwire.message.BodyReader;
import dev.understudy.pgwire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * tsvector. In the binary format (tsvectorsend): int32 count; for each lexeme the word, a zero byte, uint16 count of
 * positions, and these as uint16 each, the weight in the upper two bits. In text: {@code 'cat':3 'fat':2A,4}.
 */
final class TextSearch {
    private static final int POSITION_BITS = 14;
    private static final String WEIGHTS = "DCBA";

    private TextSearch() {}

    static @Nullable Value vector(ByteBuf bytes) {
        BodyReader reader = new BodyReader(bytes, "tsvector");
        try {
            int count = reader.int32();
            List<Value.TsVector.Lexeme> lexemes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String word = reader.string();
                List<String> positions = new ArrayList<>();
                for (int left = reader.count(); left > 0; left--) {
                    positions.add(position(reader.count()));
                }
                lexemes.add(new Value.TsVector.Lexeme(word, positions));
            }
            return count < 0 || reader.remaining() > 0 ? null : new Value.TsVector(lexemes);
        } catch (ProtocolException e) {
            return null;
        }
    }

    private static String position(int sent) {
        int weight = sent >> POSITION_BITS;
        String place = Integer.toString(sent & (1 << POSITION_BITS) - 1);
        return weight == 0 ? place : place + WEIGHTS.charAt(weight);
    }

    static @Nullable Value vector(String text) {
        List<Value.TsVector.Lexeme> lexemes = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            StringBuilder word = new StringBuilder();
            at = word(text, lexemes.isEmpty() ? at : at + 1, word);
            if (at < 0) {
                return null;
            }
            List<String> positions = List.of();
            int end = text.indexOf(' ', at);
            end = end < 0 ? text.length() : end;
            if (at < end) {
                positions = List.of(text.substring(at + 1, end).split(",", -1));
                if (text.charAt(at) != ':' || !positions.stream().allMatch(TextSearch::isPosition)) {
                    return null;
                }
            }
            lexemes.add(new Value.TsVector.Lexeme(word.toString(), positions));
            at = end;
        }
        return new Value.TsVector(lexemes);
    }

    /** Reads a word in quotes, in which quotes and backslashes are doubled; the place behind it, or -1. */
    private static int word(String text, int from, StringBuilder word) {
        if (!text.startsWith("'", from)) {
            return -1;
        }
        for (int at = from + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean doubled = (c == '\'' || c == '\\') && at + 1 < text.length() && text.charAt(at + 1) == c;
            if (c == '\'' && !doubled) {
                return at + 1;
            }
            at += doubled ? 1 : 0;
            word.append(c);
        }
        return -1;
    }

    private static boolean isPosition(String written) {
        int digits = 0;
        while (digits < written.length() && written.charAt(digits) >= '0' && written.charAt(digits) <= '9') {
            digits++;
        }
        String weight = written.substring(digits);
        return digits > 0 && digits <= 5 && (weight.isEmpty() || weight.length() == 1 && "ABC".contains(weight));
    }
}
