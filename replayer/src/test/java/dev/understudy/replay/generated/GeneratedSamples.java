package dev.understudy.replay.generated;

import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import java.util.List;

/** What exchanges have to do with values of one domain. */
public final class GeneratedSamples {
    private static final Domain DOMAIN = Domain.column("public.orders.id");

    private GeneratedSamples() {}

    /** Of an exchange whose answer brought a value. */
    public static Generated brings(long value) {
        Brought brought = new Brought(DOMAIN, new Value.Int(value), PgType.INT8.oid(), Field.TEXT, 0, 0, 0, true);
        return new Generated(List.of(), List.of(brought));
    }

    /** Of an exchange whose request has a value. */
    public static Generated uses(long value) {
        Use use = new Use(DOMAIN, List.of(new Value.Int(value)), Form.TEXT, 5, 6, false, false);
        return new Generated(List.of(use), List.of());
    }
}
