package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Mask;
import dev.understudy.diff.value.TypeCatalog;
import dev.understudy.diff.value.ValueReader;
import dev.understudy.pgwire.exchange.Parameter;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.TokenKind;
import dev.understudy.pgwire.value.Value;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A statement's arguments for people: numbers and times as they are, texts by their length. */
final class Arguments {
    private static final int MAX_SHOWN = 4;
    private static final int MAX_LENGTH = 40;

    private Arguments() {}

    static String show(Step step, TypeCatalog types) {
        List<String> shown = new ArrayList<>();
        if (step.extended()) {
            for (int i = 0; i < step.parameters().size() && shown.size() < MAX_SHOWN; i++) {
                shown.add("$" + (i + 1) + " = " + parameter(step.parameters().get(i), types));
            }
        } else {
            for (SqlLexer token = new SqlLexer(step.sql()); shown.size() < MAX_SHOWN && token.next(); ) {
                if (token.kind() == TokenKind.NUMBER) {
                    shown.add(limited(token.text()));
                } else if (token.kind() == TokenKind.STRING) {
                    shown.add(text(token.text().length() - 2));
                }
            }
        }
        return String.join(", ", shown);
    }

    private static String parameter(Parameter parameter, TypeCatalog types) {
        ByteBuf bytes = parameter.value();
        if (bytes == null) {
            return "NULL";
        }
        if (parameter.typeOid() == 0 && parameter.format() == 0) {
            String written = bytes.toString(StandardCharsets.UTF_8);
            boolean number = written.length() <= 20 && written.matches("-?[0-9.]+");
            return number ? written : text(bytes.readableBytes());
        }
        Value value = ValueReader.decode(types.type(parameter.typeOid()), parameter.format(), bytes);
        return Mask.isPlain(value) ? limited(value.text()) : text(bytes.readableBytes());
    }

    private static String text(int length) {
        return "(" + Math.max(0, length) + " characters)";
    }

    private static String limited(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
