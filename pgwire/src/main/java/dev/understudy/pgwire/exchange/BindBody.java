package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.BodyReader;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a Bind message: portal, statement, parameter formats and values, result formats. Bodies are borrowed;
 * their indexes are not moved. Every method throws {@link ProtocolException} for a body that is cut off.
 */
public final class BindBody {
    private BindBody() {}

    /** The name of the portal that is made, empty for the unnamed one. */
    public static String portal(ByteBuf body) {
        return new BodyReader(body, "Bind").string();
    }

    /** The name of the statement that is bound, empty for the unnamed one. */
    public static String statement(ByteBuf body) {
        BodyReader reader = new BodyReader(body, "Bind");
        reader.string();
        return reader.string();
    }

    /** The parameters of a Bind body, with views of its bytes; types beyond {@code types} are 0. */
    public static List<Parameter> parameters(ByteBuf body, List<Integer> types) {
        return parameters(values(body), types);
    }

    /** The result formats as sent: none (all text), one for all, or one for each column. */
    public static List<Integer> resultFormats(ByteBuf body) {
        BodyReader reader = values(body);
        formats(reader);
        int count = reader.count();
        for (int i = 0; i < count; i++) {
            int length = reader.int32();
            if (length != -1) {
                reader.bytes(length);
            }
        }
        return formats(reader);
    }

    /** Formats, count, values: what Bind and FunctionCall share. */
    static List<Parameter> parameters(BodyReader reader, List<Integer> types) {
        List<Integer> formats = formats(reader);
        int count = reader.count();
        List<Parameter> parameters = new ArrayList<>(Math.min(count, reader.remaining() / 4));
        for (int i = 0; i < count; i++) {
            int type = i < types.size() ? types.get(i) : 0;
            int length = reader.int32();
            parameters.add(new Parameter(type, formatOf(formats, i), length == -1 ? null : reader.bytes(length)));
        }
        return parameters;
    }

    /** The format of one column or parameter under the protocol's rule: none is text, one is for all. */
    static int formatOf(List<Integer> formats, int index) {
        if (formats.size() == 1) {
            return formats.get(0);
        }
        return index < formats.size() ? formats.get(index) : Field.TEXT;
    }

    private static BodyReader values(ByteBuf body) {
        BodyReader reader = new BodyReader(body, "Bind");
        reader.string();
        reader.string();
        return reader;
    }

    private static List<Integer> formats(BodyReader reader) {
        int count = reader.count();
        if (count > reader.remaining() / 2) {
            throw new ProtocolException("Bind: expected " + count + " formats, found " + reader.remaining() + " bytes");
        }
        if (count == 0) {
            return List.of();
        }
        List<Integer> formats = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            formats.add(reader.int16());
        }
        return formats;
    }
}
