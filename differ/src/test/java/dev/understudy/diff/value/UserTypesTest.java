package dev.understudy.diff.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogBuilder;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types that a catalog defines, read as what they are made of. */
class UserTypesTest {
    private static final int MOOD = 20_001;
    private static final int MOODS = 20_002;
    private static final int AMOUNT = 20_003;
    private static final int ADDRESS = 20_004;
    private static final int SPAN = 20_005;
    private static final int SPANS = 20_006;
    private static final int CITEXT = 20_007;
    private static final int HSTORE = 20_008;
    private static final int ODD = 20_009;
    private static final int ENDLESS = 20_010;
    private static final int LOST = 20_011;
    private static final int NO_RANGES = 20_012;

    private final TypeCatalog types = new TypeCatalog(new CatalogBuilder("shop")
            .types(List.of(
                    type(MOOD, "mood", 'e', 0, 0, 0),
                    type(MOODS, "_mood", 'b', MOOD, 0, 0),
                    type(AMOUNT, "amount", 'd', 0, PgType.NUMERIC.oid(), 0),
                    type(ADDRESS, "address", 'c', 0, 0, 21_000),
                    type(SPAN, "span", 'r', 0, PgType.FLOAT8.oid(), 0),
                    type(SPANS, "spans", 'm', 0, SPAN, 0),
                    type(CITEXT, "citext", 'b', 0, 0, 0),
                    type(HSTORE, "hstore", 'b', 0, 0, 0),
                    type(ODD, "odd", 'b', 0, 0, 0),
                    type(ENDLESS, "endless", 'd', 0, ENDLESS, 0),
                    type(LOST, "lost", 'c', 0, 0, 22_000),
                    type(NO_RANGES, "no_ranges", 'm', 0, MOOD, 0)))
            .relations(
                    List.of(relation(21_000, attribute(1, "street", PgType.TEXT.oid()), attribute(2, "fee", AMOUNT))))
            .build());

    private static Catalog.Type type(int oid, String name, char kind, int element, int base, int relation) {
        return new Catalog.Type(oid, "public", name, kind, element, base, relation, List.of(), null);
    }

    private static Catalog.Relation relation(int oid, Catalog.Attribute... attributes) {
        return new Catalog.Relation(
                oid,
                "public",
                "address",
                'c',
                'p',
                "owner",
                false,
                false,
                null,
                null,
                false,
                List.of(),
                null,
                null,
                List.of(),
                List.of(attributes));
    }

    private static Catalog.Attribute attribute(int number, String name, int type) {
        return new Catalog.Attribute(number, name, type, "", -1, false, null, Catalog.NONE, Catalog.NONE, null, null);
    }

    private Value value(int type, String text) {
        return ValueReader.decode(
                types.type(type), Field.TEXT, Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "20001 | ok | sad | VALUE_ENUM_LABEL | ",
                "20002 | {ok,sad} | {ok,ok} | VALUE_ENUM_LABEL | [2]",
                "20003 | 1.5 | 1.50 | VALUE_NUMERIC_SCALE | ",
                "20004 | (a,1) | (b,1) | VALUE_TEXT | .street",
                "20004 | (a,1) | (a,2) | VALUE_NUMERIC | .fee",
                "20004 | (,1) | (a,1) | VALUE_NULL_TO_VALUE | .street",
                "20005 | [1,2) | [1,2.5) | VALUE_FLOAT | .upper",
                "20005 | [1,2) | [1,2] | VALUE_TEXT | .upper",
                "20006 | {[1,2),[3,4)} | {[1,2),[3,5)} | VALUE_FLOAT | [2].upper",
                "20007 | Anna | anna | VALUE_CASE_ONLY | ",
                "20008 | \"a\"=>\"1\" | \"a\"=>\"2\" | VALUE_TEXT | .a",
                "20008 | \"a\"=>\"1\" | \"a\"=>\"1\", \"b\"=>\"2\" | VALUE_TEXT | .b",
                "20008 | \"a\"=>\"1\", \"b\"=>\"2\" | \"a\"=>\"1\" | VALUE_TEXT | .b",
                "20008 | \"a\"=>\"1\" | \"a\"=>NULL | VALUE_VALUE_TO_NULL | .a",
                "20009 | x | y | VALUE_TEXT | ",
                "20010 | x | y | VALUE_TEXT | ",
                "20011 | (1) | (2) | VALUE_TEXT | ",
                "20012 | {} | {1} | VALUE_TEXT | ",
            })
    void namesWhatDiffersAndWhere(int type, String before, String after, String named, @Nullable String at) {
        assertThat(ValueComparison.changes(value(type, before), value(type, after)))
                .extracting(change -> change.type() + " " + change.at())
                .containsExactly(named + " " + (at == null ? "" : at));
        assertThat(ValueComparison.changes(value(type, before), value(type, before)))
                .isEmpty();
    }

    @Test
    void whatIsInAnHstoreHasNoOrder() {
        assertThat(ValueComparison.changes(
                        value(HSTORE, "\"a\"=>\"1\", \"b\"=>\"2\""), value(HSTORE, "\"b\"=>\"2\", \"a\"=>\"1\"")))
                .isEmpty();
    }

    @Test
    void readsNothingIntoTypesThatItCannotFollow() {
        for (int type : new int[] {ODD, ENDLESS, LOST, NO_RANGES, 99_999}) {
            assertThat(value(type, "x")).isInstanceOf(Value.Opaque.class);
        }
    }

    @Test
    void knowsTypesByName() {
        assertThat(types.isKnown(MOOD)).isTrue();
        assertThat(types.isKnown(PgType.INT4.oid())).isTrue();
        assertThat(types.isKnown(PgType.INT4.arrayOid())).isTrue();
        assertThat(types.isKnown(99_999)).isFalse();
        assertThat(types.type(MOOD).name()).isEqualTo("public.mood");
        assertThat(types.type(MOOD)
                        .isSameAs(new ColumnType(
                                30_001, "public.mood", types.type(MOOD).reading())))
                .isTrue();
        assertThat(types.type(MOOD).isSameAs(types.type(AMOUNT))).isFalse();
        assertThat(types.type(AMOUNT).readsLike(types.type(PgType.NUMERIC.oid())))
                .isTrue();
        assertThat(types.type(AMOUNT).readsLike(types.type(PgType.TEXT.oid()))).isFalse();
    }
}
