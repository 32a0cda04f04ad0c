package dev.understudy.diff.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON document with what the type json keeps: the order of members, repeated keys, how numbers are written. */
sealed interface JsonTree {
    /** An object. */
    record Members(List<Member> members) implements JsonTree {}

    /** A member of an object. */
    record Member(String key, JsonTree value) {}

    /** An array. */
    record Elements(List<JsonTree> elements) implements JsonTree {}

    /** A string. */
    record Text(String value) implements JsonTree {}

    /** A number. */
    record Number(String written) implements JsonTree {}

    /** true, false or null. */
    record Word(String value) implements JsonTree {}

    /** What it is called in a transition. */
    default String label() {
        if (this instanceof Word word) {
            return word.value();
        } else if (this instanceof Members) {
            return "object";
        } else if (this instanceof Elements) {
            return "array";
        }
        return this instanceof Text ? "string" : "number";
    }

    /** The document; null where the text is none, or beyond the parser's limits (StreamReadConstraints' defaults). */
    static @Nullable JsonTree parse(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            JsonToken first = parser.nextToken();
            JsonTree tree = first == null ? null : read(parser, first);
            return parser.nextToken() == null ? tree : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static JsonTree read(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            List<Member> members = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                members.add(new Member(key, read(parser, parser.nextToken())));
            }
            return new Members(members);
        }
        if (token == JsonToken.START_ARRAY) {
            List<JsonTree> elements = new ArrayList<>();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                elements.add(read(parser, next));
            }
            return new Elements(elements);
        }
        if (token == JsonToken.VALUE_STRING) {
            return new Text(parser.getText());
        }
        return token.isNumeric() ? new Number(parser.getText()) : new Word(parser.getText());
    }
}
