package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Comparisons;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the rows: x against itself is nothing, order is nothing, one change is always found. */
class ComparisonProperties {
    private static final int TABLE = 16_400;
    private static final Catalog KEYED = Catalogs.catalog(TABLE)
            .table(TABLE, "t", "*id int4", "name text", "amount numeric")
            .build();

    record Row(Integer id, String name, String amount) {
        Row with(int column) {
            return switch (column) {
                case 0 -> new Row(id + 1_000_000, name, amount);
                case 1 -> new Row(id, name + "!", amount);
                default -> new Row(id, name, amount + "1");
            };
        }
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<Row> row = Combinators.combine(
                        Arbitraries.integers().between(1, 1_000),
                        Arbitraries.strings().withChars("abc ").ofMaxLength(3),
                        Arbitraries.of("1.0", "2.50", "3"))
                .as(Row::new);
        return row.list().ofMinSize(1).ofMaxSize(40);
    }

    /** As a table with a primary key has them: every id once. */
    @Provide
    Arbitrary<List<Row>> keyedRows() {
        return rows().map(rows -> {
            List<Row> keyed = new ArrayList<>();
            for (Row row : rows) {
                keyed.add(new Row(keyed.size(), row.name(), row.amount()));
            }
            return keyed;
        });
    }

    private static ByteBuf answering(List<Row> rows, int relation) {
        Answers answer = answer().columns(
                        column("id", 23, relation, 1),
                        column("name", 25, relation, 2),
                        column("amount", 1700, relation, 3));
        rows.forEach(row -> answer.row(row.id().toString(), row.name(), row.amount()));
        return answer.done("SELECT " + rows.size()).ready();
    }

    private static Comparison compare(List<Row> left, List<Row> right) {
        return Comparisons.compare("SELECT id, name, amount FROM t", answering(left, 0), answering(right, 0));
    }

    private static Comparison compareKeyed(List<Row> left, List<Row> right) {
        return Comparisons.compare(
                "SELECT id, name, amount FROM t", answering(left, TABLE), KEYED, answering(right, TABLE), KEYED);
    }

    @Property(tries = 300)
    void nothingDiffersFromItselfInAnyOrder(@ForAll("rows") List<Row> rows, @ForAll Random random) {
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        assertThat(compare(rows, shuffled)).isEqualTo(Comparison.SAME);
        assertThat(compareKeyed(rows, shuffled)).isEqualTo(Comparison.SAME);
    }

    @Property(tries = 300)
    void oneChangedValueIsAlwaysFound(
            @ForAll("rows") List<Row> rows, @ForAll Random random, @ForAll @IntRange(max = 2) int column) {
        List<Row> changed = new ArrayList<>(rows);
        int at = random.nextInt(rows.size());
        changed.set(at, changed.get(at).with(column));
        Collections.shuffle(changed, random);
        assertThat(compare(rows, changed).differences()).isNotEmpty();
        assertThat(compareKeyed(rows, changed).differences()).isNotEmpty();
    }

    @Property(tries = 300)
    void oneChangedValueOfAKeyedRowIsThatValueAndNothingElse(
            @ForAll("keyedRows") List<Row> rows,
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 2) int column) {
        List<Row> changed = new ArrayList<>(rows);
        int at = random.nextInt(rows.size());
        changed.set(at, changed.get(at).with(column));
        Collections.shuffle(changed, random);
        assertThat(compareKeyed(rows, changed).differences()).singleElement().satisfies(difference -> {
            assertThat(difference.type().isValue()).isTrue();
            assertThat(difference.path()).isEqualTo(column == 1 ? "name" : "amount");
            assertThat(difference.row()).isEqualTo("id = " + at);
        });
    }

    @Property(tries = 300)
    void aLostRowIsOneMissingRow(@ForAll("keyedRows") List<Row> rows, @ForAll Random random) {
        List<Row> fewer = new ArrayList<>(rows);
        fewer.remove(random.nextInt(rows.size()));
        Collections.shuffle(fewer, random);
        assertThat(compareKeyed(rows, fewer).differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.type().name()).isEqualTo("ROW_MISSING"));
        assertThat(compareKeyed(fewer, rows).differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.type().name()).isEqualTo("ROW_EXTRA"));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void bothDirectionsFindSomethingOrNeitherDoes(@ForAll("rows") List<Row> left, @ForAll("rows") List<Row> right) {
        assertThat(compare(left, right).differences().isEmpty())
                .isEqualTo(compare(right, left).differences().isEmpty());
        assertThat(compareKeyed(left, right).differences().isEmpty())
                .isEqualTo(compareKeyed(right, left).differences().isEmpty());
    }

    @Property(tries = 300)
    void tiesMayComeInAnyOrderAndNothingElse(@ForAll("keyedRows") List<Row> rows, @ForAll Random random) {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(row -> new BigDecimal(row.amount())));
        List<Row> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, random);
        List<Row> ties = new ArrayList<>(shuffled);
        ties.sort(Comparator.comparing(row -> new BigDecimal(row.amount())));
        assertThat(compareOrdered(sorted, ties)).isEqualTo(Comparison.SAME);
        boolean broken = !shuffled.equals(ties)
                && !shuffled.stream()
                        .map(Row::amount)
                        .toList()
                        .equals(ties.stream().map(Row::amount).toList());
        assertThat(compareOrdered(sorted, shuffled).differences())
                .extracting(difference -> difference.type().name())
                .containsExactlyElementsOf(broken ? List.of("ROW_ORDER_CHANGED") : List.of());
    }

    private static Comparison compareOrdered(List<Row> left, List<Row> right) {
        return Comparisons.compare(
                "SELECT id, name, amount FROM t ORDER BY amount", answering(left, 0), answering(right, 0));
    }

    @Property(tries = 200)
    void theFormatIsNoDifferenceAndHidesNone(
            @ForAll("keyedRows") List<Row> rows, @ForAll Random random, @ForAll @IntRange(max = 1) int column) {
        List<Row> changed = new ArrayList<>(rows);
        int at = random.nextInt(rows.size());
        changed.set(at, changed.get(at).with(column));
        assertThat(Comparisons.compare("SELECT id, name FROM t", texts(rows), binaries(rows)))
                .isEqualTo(Comparison.SAME);
        assertThat(Comparisons.compare("SELECT id, name FROM t", binaries(rows), binaries(changed))
                        .differences())
                .extracting(Difference::type)
                .containsExactlyElementsOf(
                        Comparisons.compare("SELECT id, name FROM t", texts(rows), texts(changed))
                                .differences()
                                .stream()
                                .map(Difference::type)
                                .toList())
                .isNotEmpty();
    }

    private static ByteBuf texts(List<Row> rows) {
        Answers answer = answer().columns(column("id", 23), column("name", 25));
        rows.forEach(row -> answer.row(row.id().toString(), row.name()));
        return answer.done("SELECT " + rows.size()).ready();
    }

    private static ByteBuf binaries(List<Row> rows) {
        Answers answer = answer().columns(
                        column("id", 23).withFormat(1), column("name", 25).withFormat(1));
        rows.forEach(row -> answer.rawRow(List.of(
                ByteBuffer.allocate(4).putInt(row.id()).array(), row.name().getBytes(StandardCharsets.UTF_8))));
        return answer.done("SELECT " + rows.size()).ready();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void whatIsPairedAndWhatIsNotAddsUp(@ForAll("rows") List<Row> left, @ForAll("rows") List<Row> right) {
        long missing = count(compare(left, right), "ROW_MISSING");
        long extra = count(compare(left, right), "ROW_EXTRA") + count(compare(left, right), "ROW_DUPLICATED");
        assertThat(left.size() - missing).isEqualTo(right.size() - extra);
    }

    private static long count(Comparison comparison, String type) {
        return comparison.differences().stream()
                .filter(difference -> difference.type().name().equals(type))
                .mapToLong(Difference::count)
                .sum();
    }

    @Property(tries = 500)
    void noBytesMakeItThrow(@ForAll byte[] left, @ForAll byte[] right) {
        ByteBuf a = framed(left);
        Comparison toOther = Comparisons.compare("SELECT id FROM t", a, framed(right));
        Comparison toItself = Comparisons.compare("SELECT id FROM t", a, framed(left));
        assertThat(toItself.differences()).isEmpty();
        assertThat(toOther.uncovered().size() + toOther.differences().size()).isLessThan(10_000);
    }

    /** Whatever a bit of a row becomes: another value, another length, no row at all. */
    @Property(tries = 1_000)
    void noFlippedBitOfARowGoesUnnoticed(@ForAll("rows") List<Row> rows, @ForAll Random random) {
        ByteBuf sound = answering(rows, 0);
        ByteBuf broken = sound.copy();
        List<Integer> positions = new ArrayList<>();
        for (FrameCursor frame = new FrameCursor(sound); frame.next(); ) {
            for (int i = frame.start() + 5; frame.type() == 'D' && i < frame.end(); i++) {
                positions.add(i);
            }
        }
        int at = positions.get(random.nextInt(positions.size()));
        broken.setByte(at, broken.getByte(at) ^ 1 << random.nextInt(8));
        assertThat(Comparisons.compare("SELECT id, name, amount FROM t", sound, broken))
                .isNotEqualTo(Comparison.SAME);
        assertThat(Comparisons.compare("SELECT id, name, amount FROM t", broken, sound))
                .isNotEqualTo(Comparison.SAME);
    }

    /** Frames of the types that follow a query, with bodies of any bytes. */
    private static ByteBuf framed(byte[] bytes) {
        ByteBuf out = answer().unfinished();
        String types = "TDCEIZ";
        for (int i = 0; i + 1 < bytes.length; i += 7) {
            int length = Math.min(6, bytes.length - i - 1);
            out.writeByte(types.charAt((bytes[i] & 0xff) % types.length()))
                    .writeInt(length + 4)
                    .writeBytes(bytes, i + 1, length);
        }
        return out;
    }
}
