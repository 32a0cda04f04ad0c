package dev.understudy.pgwire.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes values in the binary format, written apart from the decoder, for tests. */
final class BinaryEncoder {
    private BinaryEncoder() {}

    static ByteBuf encode(PgType type, Value value) {
        ByteBuf out = Unpooled.buffer();
        if (value instanceof Value.Bool bool) {
            out.writeBoolean(bool.value());
        } else if (value instanceof Value.Int integer) {
            switch (type) {
                case INT2 -> out.writeShort((int) integer.value());
                case INT8 -> out.writeLong(integer.value());
                default -> out.writeInt((int) integer.value());
            }
        } else if (value instanceof Value.Numeric numeric) {
            numeric(out, numeric.value());
        } else if (value instanceof Value.SpecialNumeric special) {
            int sign = switch (special) {
                case NAN -> 0xC000;
                case INFINITY -> 0xD000;
                case MINUS_INFINITY -> 0xF000;
            };
            out.writeShort(0).writeShort(0).writeShort(sign).writeShort(0);
        } else if (value instanceof Value.FloatingPoint floating) {
            if (type == PgType.FLOAT4) {
                out.writeFloat((float) floating.value());
            } else {
                out.writeDouble(floating.value());
            }
        } else if (value instanceof Value.Text text) {
            out.writeCharSequence(text.value(), StandardCharsets.UTF_8);
        } else if (value instanceof Value.Bytes bytes) {
            out.writeBytes(bytes.value());
        } else if (value instanceof Value.Date date) {
            out.writeInt(date.days());
        } else if (value instanceof Value.Time time) {
            out.writeLong(time.micros());
        } else if (value instanceof Value.TimeTz time) {
            out.writeLong(time.micros()).writeInt(-time.offsetSeconds());
        } else if (value instanceof Value.Timestamp timestamp) {
            out.writeLong(timestamp.micros());
        } else if (value instanceof Value.TimestampTz timestamp) {
            out.writeLong(timestamp.micros());
        } else if (value instanceof Value.Interval interval) {
            out.writeLong(interval.micros()).writeInt(interval.days()).writeInt(interval.months());
        } else if (value instanceof Value.Uuid uuid) {
            out.writeLong(uuid.value().getMostSignificantBits())
                    .writeLong(uuid.value().getLeastSignificantBits());
        } else if (value instanceof Value.Json json) {
            if (type == PgType.JSONB) {
                out.writeByte(1);
            }
            out.writeCharSequence(json.text(), StandardCharsets.UTF_8);
        } else {
            throw new IllegalArgumentException("no binary form here: " + value);
        }
        return out;
    }

    static ByteBuf encode(PgType element, Value.Array array) {
        ByteBuf out = Unpooled.buffer();
        boolean nulls = array.elements().contains(Value.Null.NULL);
        out.writeInt(array.dimensions().size()).writeInt(nulls ? 1 : 0).writeInt(element.oid());
        for (int i = 0; i < array.dimensions().size(); i++) {
            out.writeInt(array.dimensions().get(i)).writeInt(array.lowerBounds().get(i));
        }
        for (Value value : array.elements()) {
            if (value instanceof Value.Null) {
                out.writeInt(-1);
            } else {
                ByteBuf bytes = encode(element, value);
                out.writeInt(bytes.readableBytes()).writeBytes(bytes);
            }
        }
        return out;
    }

    /** By repeated division, unlike the decoder's digit strings. */
    private static void numeric(ByteBuf out, BigDecimal value) {
        int groups = (value.scale() + 3) / 4;
        BigInteger rest = value.abs().setScale(groups * 4).unscaledValue();
        BigInteger base = BigInteger.valueOf(10_000);
        List<Integer> digits = new ArrayList<>();
        while (rest.signum() != 0) {
            BigInteger[] parts = rest.divideAndRemainder(base);
            digits.add(0, parts[1].intValue());
            rest = parts[0];
        }
        int weight = digits.size() - groups - 1;
        while (!digits.isEmpty() && digits.get(digits.size() - 1) == 0) {
            digits.remove(digits.size() - 1);
        }
        out.writeShort(digits.size()).writeShort(digits.isEmpty() ? 0 : weight);
        out.writeShort(value.signum() < 0 ? 0x4000 : 0).writeShort(value.scale());
        digits.forEach(out::writeShort);
    }
}
