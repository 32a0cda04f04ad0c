package dev.understudy.pgwire.exchange;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** The body of a Bind message: portal, statement, parameter formats and values, result formats. */
public final class BindBody {
    private BindBody() {}

    /** The parameters of a Bind body; types beyond {@code types} are 0. */
    public static List<Parameter> parameters(ByteBuf body, List<Integer> types) {
        throw new UnsupportedOperationException();
    }

    /** The result formats as sent: none (all text), one for all, or one for each column. */
    public static List<Integer> resultFormats(ByteBuf body) {
        throw new UnsupportedOperationException();
    }
}
