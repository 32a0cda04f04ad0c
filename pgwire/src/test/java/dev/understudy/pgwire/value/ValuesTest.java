package dev.understudy.pgwire.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    private static Value text(PgType type, String text) {
        return Values.decode(type.oid(), Field.TEXT, bytes(text));
    }

    private static Value textArray(PgType element, String text) {
        return Values.decode(element.arrayOid(), Field.TEXT, bytes(text));
    }

    private static Value binary(PgType type, String hex) {
        return Values.decode(type.oid(), Field.BINARY, Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nullIsNull() {
        assertThat(Values.decode(PgType.INT4.oid(), Field.TEXT, null)).isEqualTo(Value.Null.NULL);
        assertThat(text(PgType.TEXT, "")).isEqualTo(new Value.Text(""));
    }

    /** What a server sends in each format for one value (select …; PostgreSQL 15). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BOOL | t | 01",
                "BOOL | f | 00",
                "INT2 | -32768 | 8000",
                "INT4 | -1 | ffffffff",
                "INT8 | 9223372036854775807 | 7fffffffffffffff",
                "OID | 4294967295 | ffffffff",
                "FLOAT4 | 0.1 | 3dcccccd",
                "FLOAT4 | 1e+10 | 501502f9",
                "FLOAT8 | -0 | 8000000000000000",
                "FLOAT8 | 1e-07 | 3e7ad7f29abcaf48",
                "FLOAT8 | NaN | 7ff8000000000000",
                "FLOAT8 | -Infinity | fff0000000000000",
                "NUMERIC | 0 | 0000000000000000",
                "NUMERIC | 0.00 | 0000000000000002",
                "NUMERIC | 12345.678 | 0003000100000003000109291a7c",
                "NUMERIC | -0.00001230 | 0001fffe4000000804ce",
                "NUMERIC | 10000 | 00010001000000000001",
                "NUMERIC | NaN | 00000000c0000000",
                "NUMERIC | Infinity | 00000000d0000000",
                "NUMERIC | -Infinity | 00000000f0000000",
                "TEXT | héllo | 68c3a96c6c6f",
                "BPCHAR | ab   | 6162",
                "CHAR | x | 78",
                "BYTEA | \\x00ff | 00ff",
                "BYTEA | \\000a\\\\\\377 | 00615cff",
                "DATE | 2000-01-01 | 00000000",
                "DATE | 1999-12-31 | ffffffff",
                "DATE | 5874897-12-31 | 7fda970c",
                "DATE | 4713-01-01 BC | ffda97cd",
                "DATE | infinity | 7fffffff",
                "DATE | -infinity | 80000000",
                "TIME | 04:05:06.789 | 000000036c97ca88",
                "TIME | 24:00:00 | 000000141dd76000",
                "TIMETZ | 04:05:06-08 | 000000036c8bc080 00007080",
                "TIMESTAMP | 2000-01-01 00:00:01.5 | 000000000016e360",
                "TIMESTAMP | infinity | 7fffffffffffffff",
                "TIMESTAMP | -infinity | 8000000000000000",
                "TIMESTAMPTZ | 2000-01-01 02:00:00+02 | 0000000000000000",
                "TIMESTAMPTZ | 1999-12-31 18:30:00-05:30 | 0000000000000000",
                "INTERVAL | 1 year 2 mons 3 days 04:05:06 | 000000036c8bc080 00000003 0000000e",
                "INTERVAL | -1 days +00:00:01 | 00000000000f4240 ffffffff 00000000",
                "INTERVAL | 00:00:00 | 0000000000000000 00000000 00000000",
                "UUID | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | a0eebc999c0b4ef8bb6d6bb9bd380a11",
                "JSON | {\"a\": 1} | 7b2261223a20317d",
                "JSONB | {\"a\": 1} | 017b2261223a20317d",
            })
    void bothFormatsOfAValueAreEqual(PgType type, String text, String hex) {
        Value fromText = text(type, text);
        Value fromBinary = binary(type, hex.replace(" ", ""));
        assertThat(fromText).isNotInstanceOf(Value.Opaque.class);
        assertThat(fromBinary).isEqualTo(fromText).hasSameHashCodeAs(fromText);
    }

    /** Chapters 8.5 and 8.1: examples and limits. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TIMESTAMP | 0044-03-15 12:00:00 BC",
                "TIMESTAMP | 4713-01-01 00:00:00 BC",
                "TIMESTAMP | 294276-12-31 23:59:59.999999",
                "TIMESTAMP | 2004-10-19 10:23:54.1",
                "DATE | 4713-02-29 BC",
                "DATE | 0001-12-31 BC",
                "TIME | 23:59:59.000001",
                "TIMETZ | 04:05:06.789+05:30",
                "TIMETZ | 00:00:00+15:59:59",
                "INTERVAL | 1 year 2 mons 3 days 04:05:06",
                "INTERVAL | -1 years -2 mons +3 days -04:05:06.000001",
                "INTERVAL | 178000000 years",
                "INTERVAL | -178956970 years -8 mons",
                "INTERVAL | -2562047788:00:54.775808",
                "INTERVAL | 1 mon",
                "INTERVAL | 00:00:00.5",
                "INTERVAL | infinity",
                "INTERVAL | -infinity",
                "NUMERIC | -123456789012345678901234567890.000100",
            })
    void textIsWrittenAsItWasRead(PgType type, String text) {
        Value value = text(type, text);
        assertThat(value).isNotInstanceOf(Value.Opaque.class);
        assertThat(value.text()).isEqualTo(text);
    }

    @Test
    void whatMeansOneThingIsOneValue() {
        assertThat(text(PgType.NUMERIC, "1.0")).isNotEqualTo(text(PgType.NUMERIC, "1.00"));
        assertThat(text(PgType.FLOAT8, "0")).isNotEqualTo(text(PgType.FLOAT8, "-0"));
        assertThat(text(PgType.TEXT, "a ")).isNotEqualTo(text(PgType.TEXT, "a"));
        assertThat(text(PgType.INTERVAL, "1 mon")).isNotEqualTo(text(PgType.INTERVAL, "30 days"));
        assertThat(text(PgType.INTERVAL, "1 day")).isNotEqualTo(text(PgType.INTERVAL, "24:00:00"));
        assertThat(text(PgType.TIMETZ, "12:00:00+00")).isNotEqualTo(text(PgType.TIMETZ, "13:00:00+01"));
        assertThat(text(PgType.TIMESTAMPTZ, "2000-01-01 12:00:00+00"))
                .isEqualTo(text(PgType.TIMESTAMPTZ, "2000-01-01 13:00:00+01"));
        assertThat(text(PgType.FLOAT4, "0.1")).isNotEqualTo(text(PgType.FLOAT8, "0.1"));
        assertThat(text(PgType.TEXT, "t")).isNotEqualTo(text(PgType.BOOL, "t"));
        assertThat(text(PgType.DATE, "infinity")).isNotEqualTo(text(PgType.DATE, "-infinity"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BOOL | maybe",
                "INT2 | 32768",
                "INT4 | 1.0",
                "INT4 | ``",
                "INT4 | -",
                "INT4 | ١",
                "INT8 | 9223372036854775808",
                "OID | -1",
                "NUMERIC | 1e5",
                "NUMERIC | .",
                "NUMERIC | 1.2.3",
                "FLOAT8 | 1e400",
                "FLOAT8 | 1e",
                "FLOAT8 | 0x1p3",
                "FLOAT4 | 1e40",
                "BYTEA | \\x0",
                "BYTEA | \\xzz",
                "BYTEA | \\9",
                "BYTEA | é",
                "DATE | 2020-02-30",
                "DATE | 01/02/2020",
                "DATE | 13/13/2020",
                "DATE | 31.02.2020",
                "DATE | 0000-01-01",
                "DATE | 2020-1-1",
                "DATE | 9999999-01-01",
                "DATE | 2020-01-01 AD",
                "TIME | 25:00:00",
                "TIME | 24:00:00.000001",
                "TIME | 01:60:00",
                "TIME | 01:00",
                "TIME | 01:00:00.1234567",
                "TIMESTAMP | 2020-01-01",
                "TIMESTAMP | 2020-01-01 00:00:00+00",
                "TIMESTAMP | 300000-01-01 00:00:00",
                "TIMESTAMPTZ | 2020-01-01 00:00:00",
                "TIMESTAMPTZ | 2020-01-01 00:00:00 CET",
                "TIMETZ | 01:00:00",
                "INTERVAL | ``",
                "INTERVAL | P",
                "INTERVAL | PT",
                "INTERVAL | @",
                "INTERVAL | @ 1 day 0",
                "INTERVAL | PT61S",
                "INTERVAL | @ 99999999999 hours",
                "INTERVAL | 1 week",
                "INTERVAL | 2147483648 days",
                "INTERVAL | 9999999999:00:00",
                "UUID | a0eebc99",
                "UUID | a0eebc999c0b4ef8bb6d6bb9bd380a11xxxx",
                "INET | 127.0.0",
                "INET | 127.0.0.256",
                "INET | 127.0.0.1/33",
                "INET | 1:2:3:4:5:6:7",
                "INET | 1::2::3",
                "INET | 1:2:3:4:5:6:7::8",
                "INET | ::12345",
                "INET | localhost",
                "MACADDR | 08:00:2b:01:02",
                "MACADDR8 | 08:00:2b:01:02:03",
                "MONEY | $",
                "MONEY | $99999999999999999999",
                "BIT | 102",
                "PG_LSN | 16",
                "PG_LSN | 123456789/0",
                "TID | (4294967296,1)",
                "TID | (1,65536)",
                "XID8 | 18446744073709551615",
                "POINT | (1,2",
                "POINT | (1,x)",
                "POINT | 1,2",
                "LSEG | [(1,2)]",
                "BOX | (1,2)",
                "LINE | {1,2}",
                "PATH | ((1,2),)",
                "CIRCLE | <(1,2),3",
                "TSVECTOR | cat",
                "TSVECTOR | 'cat",
                "TSVECTOR | 'cat':x",
                "INT2VECTOR | 1  2",
                "INT4RANGE | [1,2",
                "INT4RANGE | [1]",
                "INT4RANGE | [1,2)x",
                "INT4RANGE | [a,b)",
                "NUMRANGE | [\"1,2)",
                "INT4MULTIRANGE | {[1,2),}",
                "INT4MULTIRANGE | [1,2)",
                "RECORD | (1,2",
                "RECORD | 1,2",
                "RECORD | (1,\"2)",
            })
    void whatDoesNotReadIsOpaque(PgType type, String text) {
        assertThat(text(type, text)).isEqualTo(new Value.Opaque(text.getBytes(StandardCharsets.UTF_8), Field.TEXT));
    }

    @ParameterizedTest
    @CsvSource({
        "BOOL,02",
        "BOOL,''",
        "INT4,000001",
        "NUMERIC,0001000000000000",
        "NUMERIC,00010000000000002710",
        "NUMERIC,00010000123400000001",
        "NUMERIC,0001ffff000000010001",
        "NUMERIC,000000000000ffff",
        "TEXT,ff",
        "TEXT,c080",
        "TEXT,eda080",
        "TIME,ffffffffffffffff",
        "TIME,000000141dd76001",
        "TIMETZ,000000000000000000015180",
        "JSONB,02",
        "JSONB,''",
        "JSONB,01",
        "UUID,00",
        "INTERVAL,00",
        "MONEY,00000001",
        "BIT,0000000980",
        "BIT,0000000181",
        "BIT,ffffffff",
        "BIT,000000",
        "INET,022000047f0000",
        "INET,022100047f000001",
        "INET,032000047f000001",
        "INET,022002047f000001",
        "MACADDR,0102030405",
        "POINT,00",
        "PATH,02000000013ff00000000000003ff0000000000000",
        "PATH,01000000023ff00000000000003ff0000000000000",
        "PATH,017fffffff",
        "POLYGON,00000000",
        "TSVECTOR,0000000161",
        "TSVECTOR,7fffffff",
        "TSQUERY,00000001",
        "TSQUERY,0000000101000061",
        "TSQUERY,00000001020101000061",
        "TSQUERY,0000000102ff",
        "PG_SNAPSHOT,7fffffff00000000000000010000000000000002",
        "INT2VECTOR,00000001000000000000001500000001000000000000000200",
        "INT4RANGE,40",
        "INT4RANGE,0300",
        "INT4RANGE,02000000040000000100000004",
        "INT4RANGE,02ffffffff0000000100000004",
        "INT4MULTIRANGE,00000001",
        "INT4MULTIRANGE,ffffffff",
        "INT4MULTIRANGE,7fffffff0000000101",
        "RECORD,ffffffff",
        "RECORD,0000000100000017",
        "RECORD,000000010000001700000004000000",
        "RECORD,000000010000001700000004000000010000",
        "JSONPATH,0224"
    })
    void bytesThatDoNotReadAreOpaque(PgType type, String hex) {
        assertThat(binary(type, hex)).isEqualTo(new Value.Opaque(ByteBufUtil.decodeHexDump(hex), Field.BINARY));
    }

    @Test
    void opaqueIsEqualOnlyInTheSameFormat() {
        byte[] bytes = {'a'};
        assertThat(Values.decode(99_999, Field.TEXT, Unpooled.wrappedBuffer(bytes)))
                .isNotEqualTo(Values.decode(99_999, Field.BINARY, Unpooled.wrappedBuffer(bytes)));
        assertThat(Values.decode(PgType.TEXT.oid(), 7, Unpooled.wrappedBuffer(bytes)))
                .isEqualTo(new Value.Opaque(bytes, 7));
        assertThat(new Value.Opaque(bytes, Field.TEXT).text()).isEqualTo("a");
        assertThat(new Value.Opaque(bytes, Field.BINARY).text()).isEqualTo("\\x61");
    }

    @Test
    void indexesOfTheBytesAreRespectedAndNotMoved() {
        ByteBuf buffer = Unpooled.wrappedBuffer("xx42yy".getBytes(StandardCharsets.UTF_8))
                .setIndex(2, 4);
        assertThat(Values.decode(PgType.INT4.oid(), Field.TEXT, buffer)).isEqualTo(new Value.Int(42));
        ByteBuf binary =
                Unpooled.buffer().writeByte(9).writeInt(42).writeByte(9).setIndex(1, 5);
        assertThat(Values.decode(PgType.INT4.oid(), Field.BINARY, binary)).isEqualTo(new Value.Int(42));
        assertThat(buffer.readerIndex()).isEqualTo(2);
        assertThat(binary.readerIndex()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TEXT | {} | [] | [] | 0",
                "TEXT | {a,NULL,\"NULL\",\"a \\\"b\\\\\",\"\"} | [5] | [1] | 5",
                "INT4 | {{1,2},{3,4}} | [2, 2] | [1, 1] | 4",
                "INT4 | [0:1][-2:0]={{1,2,3},{4,5,NULL}} | [2, 3] | [0, -2] | 6",
                "BOX | {(1,1),(0,0);(2,2),(0,0)} | [2] | [1] | 2",
                "NUMERIC | {1.50,NaN} | [2] | [1] | 2",
                "TIMESTAMP | {\"2020-01-01 00:00:00\"} | [1] | [1] | 1",
            })
    void arrays(PgType element, String text, String dimensions, String lowerBounds, int elements) {
        Value value = textArray(element, text);
        assertThat(value).isInstanceOfSatisfying(Value.Array.class, array -> {
            assertThat(array.dimensions()).hasToString(dimensions);
            assertThat(array.lowerBounds()).hasToString(lowerBounds);
            assertThat(array.elements()).hasSize(elements);
        });
        if (element != PgType.BOX) {
            assertThat(value.text()).isEqualTo(text);
        }
    }

    @Test
    void arrayElementsAreValues() {
        assertThat(textArray(PgType.TEXT, "{a,NULL,\"NULL\",\"a \\\"b\\\\\",\"\"}"))
                .isEqualTo(new Value.Array(
                        List.of(5),
                        List.of(1),
                        List.of(
                                new Value.Text("a"),
                                Value.Null.NULL,
                                new Value.Text("NULL"),
                                new Value.Text("a \"b\\"),
                                new Value.Text(""))));
        assertThat(textArray(PgType.NUMERIC, "{1.50}"))
                .isEqualTo(new Value.Array(List.of(1), List.of(1), List.of(new Value.Numeric(new BigDecimal("1.50")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``",
                "{",
                "}",
                "{1",
                "{1,}",
                "{,1}",
                "{1}}",
                "{{1},{2,3}}",
                "{{1},2}",
                "{1,{2}}",
                "{\"1}",
                "{1\\",
                "[0:1]={1}",
                "[0:0]{1}",
                "[a:b]={1}",
                "[0:0][0:0]={1}",
                "{{{{{{{1}}}}}}}",
                "{{}}",
                "[1:1={1}"
            })
    void malformedArraysAreOpaque(String text) {
        assertThat(textArray(PgType.INT4, text)).isInstanceOf(Value.Opaque.class);
    }

    @Test
    void aLyingArrayAllocatesNothing() {
        ByteBuf bytes = Unpooled.buffer().writeInt(6).writeInt(0).writeInt(PgType.INT4.oid());
        for (int i = 0; i < 6; i++) {
            bytes.writeInt(Integer.MAX_VALUE).writeInt(1);
        }
        assertThat(Values.decode(PgType.INT4.arrayOid(), Field.BINARY, bytes)).isInstanceOf(Value.Opaque.class);
    }

    /** Records name their members' types themselves, so that bytes may nest them as deeply as they like. */
    @Test
    void lyingNestingEnds() {
        int levels = 100_000;
        ByteBuf bytes = Unpooled.buffer();
        for (int i = levels; i > 0; i--) {
            bytes.writeInt(1).writeInt(PgType.RECORD.oid()).writeInt(12 * (i - 1));
        }
        Value value = Values.decode(PgType.RECORD.oid(), Field.BINARY, bytes);
        int depth = 0;
        while (value instanceof Value.Composite composite) {
            value = composite.values().get(0);
            depth++;
        }
        assertThat(value).isInstanceOf(Value.Opaque.class);
        assertThat(depth).isEqualTo(Values.MAX_NESTING);
    }

    @Test
    void aLyingQueryEnds() {
        ByteBuf bytes = Unpooled.buffer().writeInt(1_000_000);
        for (int i = 0; i < 1_000_000; i++) {
            bytes.writeByte(2).writeByte(1);
        }
        assertThat(Values.decode(PgType.TSQUERY.oid(), Field.BINARY, bytes)).isInstanceOf(Value.Opaque.class);
    }

    @Test
    void namesOfTypes() {
        assertThat(PgType.nameOf(23)).isEqualTo("int4");
        assertThat(PgType.nameOf(1007)).isEqualTo("int4[]");
        assertThat(PgType.nameOf(-1)).isEqualTo("oid 4294967295");
        assertThat(PgType.of(1007)).isNull();
        assertThat(PgType.elementOf(0)).isNull();
    }

    @Test
    void uuidText() {
        UUID uuid = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        assertThat(text(PgType.UUID, "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11")).isEqualTo(new Value.Uuid(uuid));
    }

    @Test
    void theOneByteCharacterType() {
        assertThat(binary(PgType.CHAR, "00")).isEqualTo(text(PgType.CHAR, ""));
        assertThat(binary(PgType.CHAR, "e9")).isEqualTo(text(PgType.CHAR, "\\351"));
    }
}
