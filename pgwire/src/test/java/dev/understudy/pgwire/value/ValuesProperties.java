package dev.understudy.pgwire.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ValuesProperties {
    record Typed(PgType type, Value value) {}

    @Property(tries = 3000)
    void binaryReadsAsItWasWritten(@ForAll("values") Typed typed) {
        ByteBuf bytes = BinaryEncoder.encode(typed.type(), typed.value());
        assertThat(Values.decode(typed.type().oid(), Field.BINARY, bytes)).isEqualTo(typed.value());
    }

    @Property(tries = 3000)
    void textReadsAsItWasWritten(@ForAll("values") Typed typed) {
        ByteBuf bytes = bytes(textOf(typed));
        assertThat(Values.decode(typed.type().oid(), Field.TEXT, bytes)).isEqualTo(typed.value());
    }

    @Property
    void arraysReadAsTheyWereWritten(
            @ForAll("arrays") List<Typed> elements, @ForAll boolean offset, @ForAll boolean nulls) {
        PgType type = elements.get(0).type();
        List<Value> values = new ArrayList<>();
        elements.forEach(element -> values.add(element.value()));
        if (nulls) {
            values.set(0, Value.Null.NULL);
        }
        Value.Array array = values.size() % 2 == 0
                ? new Value.Array(List.of(2, values.size() / 2), offset ? List.of(0, -3) : List.of(1, 1), values)
                : new Value.Array(List.of(values.size()), List.of(offset ? 7 : 1), values);
        assertThat(Values.decode(type.arrayOid(), Field.BINARY, BinaryEncoder.encode(type, array)))
                .isEqualTo(array);
        if (type != PgType.FLOAT4) {
            assertThat(Values.decode(type.arrayOid(), Field.TEXT, bytes(array.text())))
                    .isEqualTo(array);
        }
    }

    /** A difference of one bit may be unreadable, or another value, but is never taken for the same. */
    @Property(tries = 2000)
    void aChangedBitIsAnotherValue(@ForAll("values") Typed typed, @ForAll int at) {
        ByteBuf bytes = BinaryEncoder.encode(typed.type(), typed.value());
        if (bytes.readableBytes() == 0 || typed.value().equals(new Value.FloatingPoint(Double.NaN))) {
            return;
        }
        int bit = Math.floorMod(at, bytes.readableBytes() * 8);
        bytes.setByte(bit / 8, bytes.getByte(bit / 8) ^ 1 << bit % 8);
        Value changed = Values.decode(typed.type().oid(), Field.BINARY, bytes);
        boolean signOfZero = typed.value() instanceof Value.Numeric numeric
                && numeric.value().signum() == 0;
        boolean weightOfZero = signOfZero || typed.value() instanceof Value.SpecialNumeric;
        if (!weightOfZero) {
            assertThat(changed).isNotEqualTo(typed.value());
        }
    }

    @Property(tries = 5000)
    void nothingThrows(@ForAll("oids") int oid, @ForAll("formats") int format, @ForAll("garbage") byte[] bytes) {
        Value value = Values.decode(oid, format, Unpooled.wrappedBuffer(bytes));
        assertThat(value).isNotNull();
        assertThat(value.text()).isNotNull();
        assertThat(value).isEqualTo(Values.decode(oid, format, Unpooled.wrappedBuffer(bytes)));
    }

    @Property(tries = 300)
    void everyPrefixReadsOrIsOpaque(@ForAll("values") Typed typed) {
        ByteBuf binary = BinaryEncoder.encode(typed.type(), typed.value());
        for (int length = 0; length < binary.readableBytes(); length++) {
            assertThat(Values.decode(typed.type().oid(), Field.BINARY, binary.slice(0, length)))
                    .isNotNull();
        }
        ByteBuf text = bytes(textOf(typed));
        for (int length = 0; length < text.readableBytes(); length++) {
            assertThat(Values.decode(typed.type().oid(), Field.TEXT, text.slice(0, length)))
                    .isNotNull();
        }
    }

    private static String textOf(Typed typed) {
        return typed.type() == PgType.FLOAT4 && typed.value() instanceof Value.FloatingPoint floating
                ? Float.toString((float) floating.value())
                : typed.value().text();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<Typed> values() {
        return Arbitraries.of(PgType.values())
                .filter(type -> valuesOf(type) != null)
                .flatMap(this::typed);
    }

    @Provide
    Arbitrary<List<Typed>> arrays() {
        return Arbitraries.of(PgType.values())
                .filter(type -> type.arrayOid() != 0 && valuesOf(type) != null)
                .flatMap(type -> typed(type).list().ofMinSize(1).ofMaxSize(8));
    }

    private Arbitrary<Typed> typed(PgType type) {
        return valuesOf(type).map(value -> new Typed(type, value));
    }

    private static Arbitrary<? extends Value> valuesOf(PgType type) {
        return switch (type) {
            case BOOL -> Arbitraries.of(true, false).map(Value.Bool::new);
            case INT2 -> Arbitraries.shorts().map(Value.Int::new);
            case INT4 -> Arbitraries.integers().map(Value.Int::new);
            case INT8 -> Arbitraries.longs().map(Value.Int::new);
            case OID -> Arbitraries.longs().between(0, 0xffff_ffffL).map(Value.Int::new);
            case NUMERIC ->
                Arbitraries.oneOf(
                        Arbitraries.of(Value.SpecialNumeric.values()).map(v -> (Value) v),
                        Combinators.combine(
                                        Arbitraries.bigIntegers()
                                                .between(BigInteger.TEN.pow(60).negate(), BigInteger.TEN.pow(60)),
                                        Arbitraries.integers().between(0, 70))
                                .as((unscaled, scale) -> new Value.Numeric(new BigDecimal(unscaled, scale))));
            case FLOAT4 ->
                Arbitraries.integers()
                        .map(bits -> (double) Float.intBitsToFloat(bits))
                        .map(Value.FloatingPoint::new);
            case FLOAT8 -> Arbitraries.longs().map(Double::longBitsToDouble).map(Value.FloatingPoint::new);
            case TEXT, VARCHAR, BPCHAR, NAME, UNKNOWN -> text().map(Value.Text::new);
            case BYTEA -> Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Value.Bytes::new);
            case DATE ->
                Arbitraries.oneOf(
                                Arbitraries.of(Integer.MIN_VALUE, Integer.MAX_VALUE),
                                Arbitraries.integers().between(-2_451_545, 2_145_031_948))
                        .map(Value.Date::new);
            case TIME -> micros().map(Value.Time::new);
            case TIMETZ ->
                Combinators.combine(micros(), Arbitraries.integers().between(-57_599, 57_599))
                        .as(Value.TimeTz::new);
            case TIMESTAMP -> moments().map(Value.Timestamp::new);
            case TIMESTAMPTZ -> moments().map(Value.TimestampTz::new);
            case INTERVAL ->
                Combinators.combine(Arbitraries.integers(), Arbitraries.integers(), Arbitraries.longs())
                        .as(Value.Interval::new);
            case UUID ->
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                        .as((high, low) -> new Value.Uuid(new UUID(high, low)));
            case JSON, JSONB -> text().filter(text -> !text.isEmpty()).map(Value.Json::new);
            default -> null;
        };
    }

    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("aNUL{}\",\\ \té").ofMaxLength(12),
                Arbitraries.strings()
                        .ofMaxLength(12)
                        .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)));
    }

    private static Arbitrary<Long> micros() {
        return Arbitraries.longs().between(0, Moments.MICROS_PER_DAY);
    }

    /** The server's range: 4713 BC to 294276 AD. */
    private static Arbitrary<Long> moments() {
        return Arbitraries.oneOf(
                Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE),
                Arbitraries.longs().between(-211_813_488_000_000_000L, 9_223_371_331_199_999_999L));
    }

    @Provide
    Arbitrary<Integer> oids() {
        return Arbitraries.oneOf(
                Arbitraries.of(PgType.values()).map(PgType::oid),
                Arbitraries.of(PgType.values()).map(PgType::arrayOid),
                Arbitraries.integers());
    }

    @Provide
    Arbitrary<Integer> formats() {
        return Arbitraries.of(Field.TEXT, Field.BINARY, 2, -1);
    }

    @Provide
    Arbitrary<byte[]> garbage() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
                Arbitraries.strings()
                        .withChars("0123456789+-:. {}[]=\",\\eENaInfityxdmorsBC")
                        .ofMaxLength(40)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }
}
