package dev.understudy.diff.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Values;
import dev.understudy.trace.run.TableComparison.MomentPair;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MomentPairsTest {
    private static final long EPOCH = 1_767_225_600_000_000L;

    private final MomentPairs pairs = new MomentPairs(new MomentRoom(3));

    private static Value zoned(String text) {
        return value(PgType.TIMESTAMPTZ, text);
    }

    private static Value value(PgType type, String text) {
        return Values.decode(type.oid(), 0, Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void closePairsAreOneWithTheirNumber() {
        for (int i = 0; i < 1_000; i++) {
            pairs.add(
                    zoned("2026-01-01 00:00:00.00%03d+00".formatted(i)),
                    zoned("2026-01-01 00:00:01.00%03d+00".formatted(i)));
        }

        assertThat(pairs.list()).containsExactly(new MomentPair(EPOCH, EPOCH + 1_000_000, true, 1_000));
    }

    @Test
    void whatLiesApartOnOneSideIsTwoPairs() {
        pairs.add(zoned("2026-01-01 00:00:00+00"), zoned("2026-01-01 00:00:00+00"));
        pairs.add(zoned("2026-01-01 00:00:00+00"), zoned("2026-01-01 01:00:00+00"));
        pairs.add(zoned("2026-01-01 01:00:00+00"), zoned("2026-01-01 00:00:00+00"));

        assertThat(pairs.list())
                .containsExactly(
                        new MomentPair(EPOCH, EPOCH, true, 1),
                        new MomentPair(EPOCH, EPOCH + 3_600_000_000L, true, 1),
                        new MomentPair(EPOCH + 3_600_000_000L, EPOCH, true, 1));
    }

    @Test
    void pairsBeyondTheBoundAreLeftOutAndKnownOnesGoOnCounting() {
        for (int second = 0; second < 10; second++) {
            pairs.add(zoned("2026-01-01 00:00:0" + second + "+00"), zoned("2026-01-01 00:00:00+00"));
        }
        pairs.add(zoned("2026-01-01 00:00:00+00"), zoned("2026-01-01 00:00:00+00"));

        assertThat(pairs.list()).extracting(MomentPair::count).containsExactly(2L, 1L, 1L);
    }

    @Test
    void onlyPointsInTimeAreTaken() {
        pairs.add(zoned("2026-01-01 00:00:00+00"), value(PgType.TEXT, "yesterday"));
        pairs.add(value(PgType.TIME, "10:00:00"), value(PgType.TIME, "11:00:00"));
        assertThat(pairs.list()).isEmpty();

        pairs.add(zoned("2026-01-01 00:00:00+00"), value(PgType.TIMESTAMP, "2026-01-01 00:00:00"));
        assertThat(pairs.list())
                .as("a local time names no point")
                .containsExactly(new MomentPair(EPOCH, EPOCH, false, 1));
    }
}
