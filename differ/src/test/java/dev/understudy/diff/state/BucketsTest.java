package dev.understudy.diff.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
    private static final SideSql BY_RANGE =
            new SideSql("t", "h", "id::int8", "id", false, true, List.of("id"), List.of("id"));
    private static final SideSql BY_HASH = new SideSql("t", "h", "k", "", true, false, List.of(), List.of("v"));

    @ParameterizedTest
    @CsvSource({
        "0, 0, 8",
        "1, 10000000, 8",
        "1, 16777216, 8",
        "0, 4294967295, 16",
        "-9223372036854775808, 9223372036854775807, 48",
        "9223372036854775807, 9223372036854775807, 8"
    })
    void rangesAreAsWideAsTheBoundOfBucketsAsks(long least, long greatest, int bits) {
        assertThat(Buckets.ranges(least, greatest)).isEqualTo(new Buckets(bits, true));
        assertThat((greatest >> bits) - (least >> bits)).isLessThanOrEqualTo(1L << Buckets.MAX_BITS);
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "8192, 4", "1000000000, 16", "1000000000000, 16"})
    void hashesHaveBucketsByTheTablesSize(long bytes, int bits) {
        assertThat(Buckets.hashes(bytes)).isEqualTo(new Buckets(bits, false));
    }

    @Test
    void adjacentBucketsAreOneRange() {
        Buckets buckets = new Buckets(8, true);

        assertThat(buckets.conditions(BY_RANGE, List.of(-2L, -1L, 3L)))
                .containsExactly("id BETWEEN '-512'::int8 AND '-1'::int8", "id BETWEEN '768'::int8 AND '1023'::int8");
    }

    @Test
    void theLastRangesEndWithTheType() {
        Buckets buckets = new Buckets(48, true);

        assertThat(buckets.conditions(BY_RANGE, List.of(-32768L, 32767L)))
                .containsExactly(
                        "id BETWEEN '-9223372036854775808'::int8 AND '-9223090561878065153'::int8",
                        "id BETWEEN '9223090561878065152'::int8 AND '9223372036854775807'::int8");
    }

    @Test
    void manyRangesAreJoinedUntilTheyAreFewEnough() {
        Buckets buckets = new Buckets(8, true);
        List<Long> every =
                LongStream.range(0, 60_000).filter(i -> i % 3 == 0).boxed().toList();

        assertThat(buckets.conditions(BY_RANGE, every))
                .containsExactly("id BETWEEN '0'::int8 AND '" + (59_998 * 256 - 1) + "'::int8");
    }

    @Test
    void hashesAreAskedForAtOnce() {
        Buckets buckets = new Buckets(4, false);

        assertThat(buckets.conditions(BY_HASH, List.of(1L, 7L)))
                .containsExactly("(k) & 15 IN (SELECT unnest('{1,7}'::int8[]))");
        assertThat(buckets.conditions(
                        BY_HASH, new ArrayList<>(LongStream.range(0, 16).boxed().toList())))
                .containsExactly("");
    }
}
