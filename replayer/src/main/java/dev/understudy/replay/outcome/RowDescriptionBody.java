package dev.understudy.replay.outcome;

import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.RowDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** A RowDescription as a message's body (protocol chapter 55.7). */
final class RowDescriptionBody {
    private static final int BYTES_PER_FIELD = 40;

    private RowDescriptionBody() {}

    static ByteBuf encode(RowDescription rows) {
        ByteBuf body = Unpooled.buffer(2 + BYTES_PER_FIELD * rows.fields().size());
        body.writeShort(rows.fields().size());
        for (Field field : rows.fields()) {
            body.writeCharSequence(field.name(), StandardCharsets.UTF_8);
            body.writeByte(0)
                    .writeInt(field.relationOid())
                    .writeShort(field.attributeNumber())
                    .writeInt(field.typeOid())
                    .writeShort(field.typeSize())
                    .writeInt(field.typeModifier())
                    .writeShort(field.format());
        }
        return body;
    }
}
