package dev.understudy.pgwire.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ranges in the text format (range_out): {@code empty}, {@code [1,5)}, {@code (,"a b"]}; multiranges of those. */
final class RangeText {
    private RangeText() {}

    static @Nullable Value range(ValueType.Range type, String text, int depth) {
        if (text.equals("empty")) {
            return Value.Range.EMPTY;
        }
        MemberText members = new MemberText(text, MemberText.RANGE_ENDS);
        Value.Range range = bounds(type, members, depth);
        return members.atEnd() ? range : null;
    }

    static @Nullable Value multirange(ValueType.Multirange type, String text, int depth) {
        MemberText members = new MemberText(text, MemberText.RANGE_ENDS);
        List<Value.Range> ranges = new ArrayList<>();
        if (!members.skip('{')) {
            return null;
        }
        if (!members.skip('}')) {
            do {
                Value.Range range = bounds(type.range(), members, depth);
                if (range == null) {
                    return null;
                }
                ranges.add(range);
            } while (members.skip(','));
            if (!members.skip('}')) {
                return null;
            }
        }
        return members.atEnd() ? new Value.Multirange(ranges) : null;
    }

    private static Value.@Nullable Range bounds(ValueType.Range type, MemberText members, int depth) {
        boolean lowerInclusive = members.skip('[');
        if (!lowerInclusive && !members.skip('(')) {
            return null;
        }
        String lower = members.member();
        if (!members.skip(',')) {
            return null;
        }
        String upper = members.member();
        boolean upperInclusive = members.skip(']');
        if (!upperInclusive && !members.skip(')')) {
            return null;
        }
        return Ranges.canonical(
                type, bound(type, lower, depth), bound(type, upper, depth), lowerInclusive, upperInclusive);
    }

    private static @Nullable Value bound(ValueType.Range type, @Nullable String text, int depth) {
        return text == null ? null : Values.read(type.bound(), text, depth);
    }
}
