package dev.understudy.pgwire.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Composite values in the text format (record_out): {@code (1,"a b",,"")}, in which nothing is NULL. */
final class CompositeText {
    private CompositeText() {}

    static @Nullable Value composite(ValueType.Composite type, String text, int depth) {
        List<@Nullable String> members = members(text);
        if (members == null || members.size() != type.attributes().size()) {
            // a row of no columns and one of a NULL are written alike
            return text.equals("()") && type.attributes().isEmpty() ? new Value.Composite(List.of(), List.of()) : null;
        }
        List<String> names = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            ValueType.Attribute attribute = type.attributes().get(i);
            String member = members.get(i);
            names.add(attribute.name());
            values.add(member == null ? Value.Null.NULL : Values.read(attribute.type(), member, depth));
        }
        return new Value.Composite(names, values);
    }

    /** The members' types are not known: they stay what they are written like. */
    static @Nullable Value anyRecord(String text) {
        List<@Nullable String> members = members(text);
        if (members == null) {
            return null;
        }
        List<Value> values = new ArrayList<>();
        for (String member : members) {
            values.add(member == null ? Value.Null.NULL : Values.read(ValueType.Plain.UNKNOWN, member, 0));
        }
        return new Value.Composite(List.of(), values);
    }

    private static @Nullable List<@Nullable String> members(String text) {
        MemberText parser = new MemberText(text, MemberText.COMPOSITE_ENDS);
        if (!parser.skip('(')) {
            return null;
        }
        List<@Nullable String> members = new ArrayList<>();
        do {
            members.add(parser.member());
        } while (parser.skip(','));
        return parser.skip(')') && parser.atEnd() ? members : null;
    }
}
