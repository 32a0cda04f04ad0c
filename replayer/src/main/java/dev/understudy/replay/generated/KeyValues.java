package dev.understudy.replay.generated;

import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Values;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes values of the types that keys have: integers, uuid, text and time stamps. */
final class KeyValues {
    private KeyValues() {}

    /** Whether values of this type can be told apart and written. */
    static boolean isKeyType(int typeOid) {
        PgType type = PgType.of(typeOid);
        return type != null
                && switch (type) {
                    case INT2, INT4, INT8, UUID, TEXT, VARCHAR, TIMESTAMP, TIMESTAMPTZ -> true;
                    default -> false;
                };
    }

    /** Whether this is a type of integers. */
    static boolean isInteger(int typeOid) {
        return typeOid == PgType.INT2.oid() || typeOid == PgType.INT4.oid() || typeOid == PgType.INT8.oid();
    }

    /** A value of a type of keys; null if it is NULL, or can't be read. Integers show their width by their length. */
    static @Nullable Value read(int typeOid, int format, @Nullable ByteBuf bytes) {
        if (bytes == null) {
            return null;
        }
        int type = isInteger(typeOid) ? integer(format, bytes.readableBytes()) : typeOid;
        Value value = Values.decode(type, format, bytes);
        return isKey(value) ? value : null;
    }

    /** The same for a constant's text. */
    static @Nullable Value read(int typeOid, String text) {
        return read(typeOid, Field.TEXT, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private static int integer(int format, int length) {
        if (format == Field.BINARY && length == Short.BYTES) {
            return PgType.INT2.oid();
        }
        return format == Field.BINARY && length == Integer.BYTES ? PgType.INT4.oid() : PgType.INT8.oid();
    }

    private static boolean isKey(Value value) {
        return value instanceof Value.Int
                || value instanceof Value.Uuid
                || value instanceof Value.Text
                || value instanceof Value.Timestamp
                || value instanceof Value.TimestampTz;
    }

    /** The elements of an array of such a type, NULL among them; null if it can't be read or has not one dimension. */
    static @Nullable List<Value> elements(int elementOid, int format, ByteBuf bytes) {
        int element = elementOid;
        if (format == Field.BINARY && isInteger(elementOid) && bytes.readableBytes() >= 12) {
            element = bytes.getInt(bytes.readerIndex() + 8);
        }
        PgType type = PgType.of(element);
        if (type == null || isInteger(elementOid) != isInteger(element)) {
            return null;
        }
        Value value = Values.decode(type.arrayOid(), format, bytes);
        if (!(value instanceof Value.Array array) || array.dimensions().size() != 1) {
            return null;
        }
        for (Value each : array.elements()) {
            if (!isKey(each) && !(each instanceof Value.Null)) {
                return null;
            }
        }
        return array.elements();
    }

    /** Appends a value in the place of one that took {@code width} bytes; false, and nothing appended, if it can't be. */
    static boolean write(ByteBuf out, Value value, Form form, int width) {
        return switch (form) {
            case TEXT -> text(out, value.text());
            case QUOTED -> isPlain(value.text()) && text(out, value.text());
            case BINARY -> binary(out, value, width);
            case BINARY_ARRAY, TEXT_ARRAY -> false;
        };
    }

    private static boolean isPlain(String text) {
        return text.indexOf('\'') < 0 && text.indexOf('\\') < 0;
    }

    private static boolean text(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.UTF_8);
        return true;
    }

    private static boolean binary(ByteBuf out, Value value, int width) {
        if (value instanceof Value.Int number) {
            return integer(out, number.value(), width);
        } else if (value instanceof Value.Uuid uuid) {
            out.writeLong(uuid.value().getMostSignificantBits());
            out.writeLong(uuid.value().getLeastSignificantBits());
            return true;
        } else if (value instanceof Value.Text text) {
            return text(out, text.value());
        } else if (value instanceof Value.Timestamp timestamp) {
            out.writeLong(timestamp.micros());
            return true;
        } else if (value instanceof Value.TimestampTz timestamp) {
            out.writeLong(timestamp.micros());
            return true;
        }
        return false;
    }

    private static boolean integer(ByteBuf out, long number, int width) {
        switch (width) {
            case Short.BYTES -> {
                if (number == (short) number) {
                    out.writeShort((int) number);
                    return true;
                }
            }
            case Integer.BYTES -> {
                if (number == (int) number) {
                    out.writeInt((int) number);
                    return true;
                }
            }
            case Long.BYTES -> {
                out.writeLong(number);
                return true;
            }
            default -> {}
        }
        return false;
    }

    /** Appends an array in the place of another of as many elements; false if it can't be, whatever was appended. */
    static boolean writeArray(ByteBuf out, List<Value> values, Form form, ByteBuf replaced) {
        return form == Form.BINARY_ARRAY ? binaryArray(out, values, replaced) : textArray(out, values);
    }

    /** Dimensions, flags, element type, length and lower bound, then each element with its length (array_send). */
    private static boolean binaryArray(ByteBuf out, List<Value> values, ByteBuf replaced) {
        int header = 20;
        out.writeBytes(replaced, replaced.readerIndex(), header);
        int at = replaced.readerIndex() + header;
        for (Value value : values) {
            int width = replaced.getInt(at);
            at += Integer.BYTES + Math.max(0, width);
            if (value instanceof Value.Null) {
                out.writeInt(-1);
                continue;
            }
            int size = out.writerIndex();
            out.writeInt(0);
            if (!binary(out, value, width)) {
                return false;
            }
            out.setInt(size, out.writerIndex() - size - Integer.BYTES);
        }
        return true;
    }

    private static boolean textArray(ByteBuf out, List<Value> values) {
        List<String> texts = new ArrayList<>(values.size());
        for (Value value : values) {
            boolean number = value instanceof Value.Int || value instanceof Value.Uuid || value instanceof Value.Null;
            if (!number) {
                return false;
            }
            texts.add(value.text());
        }
        return text(out, "{" + String.join(",", texts) + "}");
    }

    /** A value of the same type that no server generates, in the place of one that was not generated; null if there is none. */
    static @Nullable Value nobodys(Value value) {
        if (value instanceof Value.Int number && number.value() > 0) {
            return new Value.Int(-number.value());
        } else if (value instanceof Value.Uuid uuid) {
            // a version and variant that no generator has
            return new Value.Uuid(new UUID(
                    uuid.value().getMostSignificantBits() & 0xFFFFFFFFFFFF0FFFL,
                    uuid.value().getLeastSignificantBits() | 0xE000000000000000L));
        }
        return null;
    }
}
