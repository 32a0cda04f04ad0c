package dev.understudy.replay.generated;

import dev.understudy.pgwire.exchange.Parameter;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the places in one request where generated values stand: in parameters and in statements' texts. */
final class UseReader {
    private final ByteBuf request;
    private final Statements statements;
    private final List<Use> found = new ArrayList<>();

    UseReader(ByteBuf request, Statements statements) {
        this.request = request;
        this.statements = statements;
    }

    List<Use> found() {
        return found;
    }

    /** Those among a statement's parameters that this request has bound. */
    void parameters(Statement statement, Step step) {
        if (statement.parameters().isEmpty() || step.parameters().isEmpty()) {
            return;
        }
        for (Map.Entry<Integer, Statement.Place> use : statement.parameters().entrySet()) {
            int number = use.getKey();
            if (number <= step.parameters().size()) {
                parameter(use.getValue(), step.parameters().get(number - 1));
            }
        }
    }

    private void parameter(Statement.Place place, Parameter parameter) {
        ByteBuf bytes = parameter.value();
        int start = bytes == null ? -1 : indexOf(bytes);
        if (bytes == null || start < 0 || isFound(start)) {
            return;
        }
        boolean binary = parameter.format() == Field.BINARY;
        int type = place.column().typeOid();
        boolean many = place.operand().many();
        List<Value> values = null;
        if (many) {
            values = KeyValues.elements(type, parameter.format(), bytes);
        } else if (!binary || isOfType(parameter.typeOid(), type)) {
            Value value = KeyValues.read(type, parameter.format(), bytes);
            values = value == null ? null : List.of(value);
        }
        Form form = many ? binary ? Form.BINARY_ARRAY : Form.TEXT_ARRAY : binary ? Form.BINARY : Form.TEXT;
        add(place, values, form, start, start + bytes.readableBytes(), true);
    }

    private static boolean isOfType(int declared, int column) {
        return declared == 0
                || declared == column
                || KeyValues.isInteger(declared) && KeyValues.isInteger(column)
                || isText(declared) && isText(column);
    }

    private static boolean isText(int type) {
        return type == PgType.TEXT.oid() || type == PgType.VARCHAR.oid();
    }

    /** Where a view of the request's bytes begins in it; negative if it is one of other bytes: bound earlier. */
    private int indexOf(ByteBuf view) {
        if (!view.hasArray() || !request.hasArray() || view.array() != request.array()) {
            return -1;
        }
        int index = view.arrayOffset() + view.readerIndex() - request.arrayOffset() - request.readerIndex();
        return index + view.readableBytes() <= request.readableBytes() ? index : -1;
    }

    private boolean isFound(int start) {
        return found.stream().anyMatch(use -> use.start() == start);
    }

    /** Those in statements' texts. */
    void constants() {
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            if (frame.type() == FrontendType.QUERY) {
                text(frame, 0);
            } else if (frame.type() == FrontendType.PARSE) {
                ByteBuf body = frame.body();
                int name = body.bytesBefore((byte) 0);
                if (name >= 0) {
                    text(frame, name + 1);
                }
            }
        }
    }

    private void text(FrameCursor frame, int offset) {
        ByteBuf body = frame.body();
        int length = body.indexOf(offset, body.writerIndex(), (byte) 0) - offset;
        if (length <= 0) {
            return;
        }
        String sql = body.toString(offset, length, StandardCharsets.UTF_8);
        int start = frame.start() + (frame.end() - frame.start() - frame.bodyLength()) + offset - request.readerIndex();
        boolean ascii = sql.length() == length;
        if (sql.indexOf(';') < 0) {
            part(sql, 0, sql, start, ascii);
        } else {
            for (SqlPart part : SqlSplitter.split(sql)) {
                part(part.sql(), part.start(), sql, start, ascii);
            }
        }
    }

    private void part(String part, int from, String sql, int start, boolean ascii) {
        for (Statement.Place place : statements.of(part).constants()) {
            int first = from + place.operand().start();
            int behind = from + place.operand().end();
            boolean quoted = first > 0 && sql.charAt(first - 1) == '\'';
            constant(
                    place,
                    sql.substring(first, behind),
                    quoted,
                    start + (ascii ? first : bytes(sql, first)),
                    start + (ascii ? behind : bytes(sql, behind)));
        }
    }

    private static int bytes(String sql, int characters) {
        return sql.substring(0, characters).getBytes(StandardCharsets.UTF_8).length;
    }

    private void constant(Statement.Place place, String text, boolean quoted, int start, int end) {
        int type = place.column().typeOid();
        List<Value> values;
        if (place.operand().many()) {
            values = KeyValues.elements(type, Field.TEXT, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        } else {
            Value value = KeyValues.read(type, text);
            values = value == null ? null : List.of(value);
        }
        Form form = place.operand().many() ? Form.TEXT_ARRAY : quoted ? Form.QUOTED : Form.TEXT;
        add(place, values, form, start, end, false);
    }

    private void add(
            Statement.Place place, @Nullable List<Value> values, Form form, int start, int end, boolean sized) {
        Domain domain = place.column().domain();
        if (values != null && values.stream().anyMatch(domain::mayBeNew)) {
            found.add(new Use(
                    domain, values, form, start, end, sized, place.operand().added()));
        }
    }
}
