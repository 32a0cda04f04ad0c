package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows by their hashes, of which a hash alone proves nothing. */
class RowIndexTest {
    private static RowIndex index(long... hashes) {
        RowIndex index = new RowIndex(hashes.length);
        for (int row = hashes.length - 1; row >= 0; row--) {
            index.addFirst(row, hashes[row]);
        }
        return index;
    }

    @Test
    void rowsOfOneHashComeOutInOrderAndOnce() {
        RowIndex index = index(7, 8, 7, 7);
        assertThat(index.poll(7, row -> true)).isZero();
        assertThat(index.poll(7, row -> true)).isEqualTo(2);
        assertThat(index.poll(8, row -> true)).isEqualTo(1);
        assertThat(index.poll(7, row -> true)).isEqualTo(3);
        assertThat(index.poll(7, row -> true)).isEqualTo(-1);
    }

    @Test
    void aRowInTheMiddleIsTakenOutAlone() {
        RowIndex index = index(7, 7, 7);
        assertThat(index.poll(7, row -> row == 1)).isEqualTo(1);
        assertThat(index.poll(7, row -> row == 1)).isEqualTo(-1);
        assertThat(index.poll(7, row -> row == 2)).isEqualTo(2);
        assertThat(index.poll(7, row -> row == 0)).isZero();
    }

    @Test
    void aRowIsThereIfItsHashIsAndItIsTheOne() {
        RowIndex index = index(7, 8);
        assertThat(index.contains(7, row -> row == 0)).isTrue();
        assertThat(index.contains(7, row -> row == 1))
                .as("another one of that hash")
                .isFalse();
        assertThat(index.contains(9, row -> true)).isFalse();
        assertThat(index(7, 7).contains(7, row -> row == 1))
                .as("behind another")
                .isTrue();
        assertThat(new RowIndex(0).contains(7, row -> true)).isFalse();
    }

    @Test
    void bytesThatDifferAnywhereHaveOtherHashes() {
        Set<Long> seen = new HashSet<>();
        int count = 0;
        for (int length = 0; length <= 20; length++) {
            byte[] bytes = new byte[length];
            seen.add(RowHashing.of(Unpooled.copiedBuffer(bytes)));
            count++;
            for (int at = 0; at < length; at++) {
                for (int value = 1; value < 256; value += 7) {
                    bytes[at] = (byte) value;
                    seen.add(RowHashing.of(Unpooled.copiedBuffer(bytes)));
                    count++;
                }
                bytes[at] = 0;
            }
        }
        assertThat(seen).hasSize(count);
    }

    @Test
    void aHashIsOfTheReadableBytesOnly() {
        ByteBuf inside =
                Unpooled.buffer().writeByte(9).writeLong(5).writeByte(6).writeByte(9);
        assertThat(RowHashing.of(inside.slice(1, 9)))
                .isEqualTo(RowHashing.of(Unpooled.buffer().writeLong(5).writeByte(6)));
    }

    @Test
    void valuesInAnotherOrderHaveAnotherHash() {
        assertThat(RowHashing.of(List.of("a", "b"))).isNotEqualTo(RowHashing.of(List.of("b", "a")));
        assertThat(RowHashing.of(List.of("a", "b"))).isEqualTo(RowHashing.of(List.of("a", "b")));
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            seen.add(RowHashing.of(List.of(i, 1_000 - i)));
        }
        assertThat(seen).hasSize(1_000);
    }

    // What makes two rows one

    private static RowReader reader(List<ColumnPair> pairs, boolean leftSide) {
        ByteBuf one = Unpooled.buffer().writeShort(1).writeInt(1).writeByte('1');
        ByteBuf two = Unpooled.buffer().writeShort(1).writeInt(1).writeByte('2');
        return new RowReader(new DataRows(List.of(one, two)), pairs, leftSide);
    }

    @Test
    void rowsAreOneByTheirBytesOrByWhatTheyMean() {
        ServerCatalog catalog = new ServerCatalog(null);
        Column small = Column.of(column("v", 23), catalog);
        Column large = Column.of(column("v", 1700), catalog);
        List<ColumnPair> pairs = List.of(new ColumnPair(0, 0, small, large));
        RowReader left = reader(pairs, true);
        RowReader right = reader(pairs, false);
        for (RowIdentity identity : List.of(RowIdentity.ofBytes(), RowIdentity.ofValues(pairs))) {
            assertThat(identity.isOne(left, 0, right, 0)).isTrue();
            assertThat(identity.isOne(left, 0, right, 1)).isFalse();
            assertThat(identity.hash(left, 0)).isEqualTo(identity.hash(right, 0));
            assertThat(identity.hash(left, 0)).isNotEqualTo(identity.hash(right, 1));
        }
    }

    @Test
    void bytesMeanTheSameOnlyUnderOneTypeAndFormat() {
        ServerCatalog catalog = new ServerCatalog(null);
        Column text = Column.of(column("v", 23), catalog);
        Column binary = Column.of(new Field("v", 0, 0, 23, -1, -1, Field.BINARY), catalog);
        Column large = Column.of(column("v", 20), catalog);
        Column unknown = Column.of(column("v", 99_999), catalog);
        Column other = Column.of(column("v", 99_998), catalog);
        assertThat(text.isReadAs(text)).isTrue();
        assertThat(text.isReadAs(binary)).isFalse();
        assertThat(text.isReadAs(large)).isFalse();
        assertThat(unknown.isReadAs(unknown)).isTrue();
        assertThat(unknown.isReadAs(other)).isFalse();
        assertThat(unknown.isReadAs(text)).isFalse();
        assertThat(new ColumnPair(0, 0, text, binary).isOneType()).isTrue();
        assertThat(new ColumnPair(0, 0, text, Column.of(column("v", 25), catalog)).isOneType())
                .isFalse();
    }
}
