package dev.understudy.trace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.Values;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogBuilder;
import dev.understudy.trace.catalog.RandomCatalogs;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.chunk.Parts;
import dev.understudy.trace.entry.Access;
import dev.understudy.trace.entry.CatalogEntry;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.Segment;
import dev.understudy.trace.entry.Skip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final TraceMaker trace = new TraceMaker();

    @Test
    void aCleanTraceCloses() {
        trace.begin(2);
        trace.lane(0).start().exchanges(3).begun().heartbeat(false).chunk();
        trace.lane(1).start().exchanges(2).skip(2).chunk();
        trace.lane(0).done().exchanges(1).end();
        trace.lane(1).lose(4, trace.lane(0)).opaque().end();
        trace.close();

        AuditReport report = trace.audited().report();

        assertThat(report.problems()).isEmpty();
        assertThat(report.closes()).isTrue();
        assertThat(report.lastLedgers()).isTrue();
        assertThat(report.recorded()).isEqualTo(7);
        assertThat(report.skipped()).isEqualTo(2);
        assertThat(report.lost()).isEqualTo(4);
        assertThat(report.opaque()).isEqualTo(1);
        assertThat(report.forwarded()).isEqualTo(14);
        assertThat(report.sessions()).isEqualTo(2);
        assertThat(report.first()).isEqualTo(1);
        assertThat(report.highest()).isEqualTo(trace.counter()).isEqualTo(17);
        assertThat(report.lostByReason()).isEqualTo(Map.of(Gap.Reason.BUFFER_FULL, 4L));
        assertThat(report.skippedByPolicy()).isEqualTo(Map.of(Skip.Policy.FILTERED, 2L));
        assertThat(report.openAtEnd()).isZero();
    }

    @Test
    void nothingAtAllCloses() {
        AuditReport report = new Audit().report();
        assertThat(report.closes()).isTrue();
        assertThat(report.forwarded()).isZero();
    }

    @Test
    void duplicatesOfChunksDoNotCount() {
        trace.begin(1).lane(0).exchanges(5).chunk().exchanges(5).chunk();
        trace.close();
        Audit audit = trace.audited();
        trace.chunks.forEach(audit::add);
        assertThat(audit.report()).isEqualTo(trace.audited().report());
        assertThat(audit.report().closes()).isTrue();
        assertThat(audit.report().recorded()).isEqualTo(10);
    }

    @Test
    void aMissingChunkIsAProblemAndItsNumbersUnaccounted() {
        trace.begin(1)
                .lane(0)
                .exchanges(5)
                .chunk()
                .exchanges(3)
                .chunk()
                .exchanges(5)
                .chunk();
        trace.close();
        trace.chunks.remove(1);
        AuditReport report = trace.audited().report();
        assertThat(report.closes()).isFalse();
        assertThat(report.problems()).containsExactly(lane(1, 0) + ": chunk seq=1 is missing");
        assertThat(report.unaccounted()).containsExactly(new NumberRange(6, 8));
    }

    @Test
    void aTraceWithoutItsBeginningSaysSo() {
        trace.begin(1)
                .lane(0)
                .exchanges(5)
                .chunk()
                .exchanges(5)
                .chunk()
                .exchanges(5)
                .chunk();
        trace.close();
        trace.chunks.subList(0, 2).clear();
        assertThat(trace.audited().report().problems()).containsExactly(lane(1, 0) + ": chunks seq=0 to 1 are missing");
    }

    @Test
    void chunksOutOfOrderAreAProblem() {
        trace.begin(1)
                .lane(0)
                .exchanges(1)
                .chunk()
                .exchanges(1)
                .chunk()
                .exchanges(1)
                .chunk();
        trace.close();
        trace.chunks.add(1, trace.chunks.remove(2));
        AuditReport report = trace.audited().report();
        assertThat(report.problems()).containsExactly(lane(1, 0) + ": chunk seq=1 came after seq=2");
        assertThat(report.unaccounted()).isEmpty();
    }

    @Test
    void aNumberThatStandsNowhereIsUnaccounted() {
        trace.begin(1).lane(0).exchanges(5).chunk();
        trace.neighbour().begin(1).lane(0).exchanges(2);
        trace.lane(0).exchanges(1).chunk();
        trace.close();
        AuditReport report = trace.audited().report();
        assertThat(report.unaccounted()).containsExactly(new NumberRange(6, 7));
        assertThat(report.problems()).isEmpty();
        assertThat(report.closes()).isFalse();
    }

    @Test
    void aNumberThatStandsTwiceIsSaid() {
        trace.begin(1).lane(0).exchanges(5).exchange(1, 3);
        trace.lane(0).lose(2, trace.lane(0)).exchange(5, 6).chunk();
        trace.close();
        AuditReport report = trace.audited().report();
        assertThat(report.twice()).containsExactly(new NumberRange(3, 3), new NumberRange(6, 6));
        assertThat(report.closes()).isFalse();
    }

    @Test
    void rangesThatOverlapAreTwice() {
        trace.begin(1)
                .lane(0)
                .lose(10, trace.lane(0))
                .skip(3)
                .add(gap(13, 8, 12))
                .chunk();
        assertThat(trace.audited().report().twice()).containsExactly(new NumberRange(8, 12));
    }

    @Test
    void anUncleanDeathClaimsWhatStandsNowhereElse() {
        trace.begin(2);
        trace.lane(0).start().exchanges(4).heartbeat(false).chunk();
        trace.lane(1).start().exchanges(3).begun().chunk();
        trace.lane(0).exchanges(5);
        trace.die(2);
        trace.lane(0).exchanges(2).chunk();
        trace.close();

        AuditReport report = trace.audited().report();

        assertThat(report.problems()).isEmpty();
        assertThat(report.unaccounted()).isEmpty();
        assertThat(report.twice()).isEmpty();
        assertThat(report.recorded()).isEqualTo(9);
        assertThat(report.lost()).isEqualTo(5);
        assertThat(report.lostByReason()).isEqualTo(Map.of(Gap.Reason.UNCLEAN_DEATH, 5L));
        assertThat(report.forwarded()).isEqualTo(14);
        assertThat(report.openAtEnd()).isEqualTo(1);
        assertThat(report.lastLedgers()).isTrue();
        assertThat(report.closes()).isTrue();
    }

    @Test
    void aDeathThatNobodyClaimsIsAProblem() {
        trace.begin(1).lane(0).exchanges(4).chunk();
        trace.begin(1).lane(0).exchanges(1).chunk();
        trace.close();
        assertThat(trace.audited().report().problems())
                .containsExactly(
                        "agent=00000000-0000-0001-0000-000000000001 epoch=1: it did not close, a later epoch began, and"
                                + " no gap claims what it left");
    }

    @Test
    void aDeathBeforeAnythingWasCountedLostNothing() {
        trace.begin(1).lane(0).heartbeat(false).chunk();
        trace.die(1).lane(0).exchanges(1).chunk();
        trace.close();
        assertThat(trace.audited().report().closes()).isTrue();
    }

    @Test
    void whatIsStillOnItsWayIsNotMissing() {
        trace.begin(2);
        trace.lane(0).exchanges(4).heartbeat(false).chunk();
        trace.lane(1).exchanges(2).heartbeat(false);
        trace.lane(0).exchanges(3).heartbeat(false).chunk();
        AuditReport before = trace.audited().report();
        assertThat(before.highest()).isZero();
        assertThat(before.closes()).isTrue();
        assertThat(before.lastLedgers()).isFalse();

        trace.lane(1).chunk();
        AuditReport after = trace.audited().report();
        assertThat(after.highest()).isEqualTo(6);
        assertThat(after.unaccounted()).isEmpty();
        assertThat(after.lastLedgers()).isFalse();
    }

    @Test
    void whatIsMissingBelowTheLastLedgersIsMissing() {
        trace.begin(1).lane(0).exchanges(4);
        trace.neighbour().begin(1).lane(0).exchanges(1);
        trace.lane(0).heartbeat(false).chunk();
        assertThat(trace.audited().report().unaccounted()).containsExactly(new NumberRange(5, 5));
    }

    @Test
    void agentsThatShareACounterMakeOneTrace() {
        TraceMaker neighbour = trace.neighbour();
        trace.begin(1).lane(0).exchanges(3).chunk();
        neighbour.begin(2);
        neighbour.lane(1).start().exchanges(4).chunk();
        trace.lane(0).exchanges(2).end().chunk();
        trace.close();
        neighbour.close();
        trace.chunks.addAll(neighbour.chunks);
        AuditReport report = trace.audited().report();
        assertThat(report.closes()).isTrue();
        assertThat(report.recorded()).isEqualTo(9);
        assertThat(report.highest()).isEqualTo(11);
    }

    @Test
    void agentsWithCountersOfTheirOwnStandTwice() {
        TraceMaker other = new TraceMaker().neighbour();
        trace.begin(1).lane(0).exchanges(3).chunk();
        trace.close();
        other.begin(1).lane(0).exchanges(4).chunk();
        other.close();
        trace.chunks.addAll(other.chunks);
        assertThat(trace.audited().report().twice()).containsExactly(new NumberRange(1, 3));
    }

    @Test
    void aLedgerThatTellsAnotherSumIsAProblem() {
        trace.begin(1).lane(0).exchanges(4);
        trace.close();
        removeOneExchange();
        AuditReport report = trace.audited().report();
        assertThat(report.problems())
                .containsExactly(lane(1, 0) + " counter=4: the ledger tells recorded=4, the entries before it 3");
        assertThat(report.closes()).isFalse();
        assertThat(report.forwarded()).isEqualTo(4);
        assertThat(report.unaccounted()).hasSize(1);
    }

    @Test
    void gapsThatNoLedgerTellsAreAProblem() {
        trace.begin(1).lane(0).exchanges(4).add(gap(4, 5, 6)).chunk();
        trace.close();
        assertThat(trace.audited().report().problems())
                .containsExactly("agent=00000000-0000-0001-0000-000000000001 epoch=1: the closing ledgers tell lost=0,"
                        + " the gaps 2");
    }

    @Test
    void entriesBehindTheClosingLedgerMeanThatItDidNotClose() {
        trace.begin(1).lane(0).exchanges(1);
        trace.close();
        trace.lane(0).exchanges(1).chunk();
        assertThat(trace.audited().report().lastLedgers()).isFalse();
    }

    @Test
    void nonsenseIsAProblemAndNoError() {
        trace.begin(1).lane(0).exchange(9, 5).exchange(0, -7).exchange(0, Long.MAX_VALUE);
        trace.lane(0)
                .add(new Gap(
                        0,
                        0,
                        Gap.Reason.SPOOL_FULL,
                        List.of(new NumberRange(Long.MIN_VALUE, Long.MAX_VALUE)),
                        1,
                        0,
                        Access.READ,
                        false))
                .chunk();
        assertThat(trace.audited().report().problems())
                .containsExactly(
                        "Exchange doneNo=5 sentAfter=9: expected it to be sent before its own end",
                        "Exchange doneNo=-7: expected a number from 1 to 1152921504606846976",
                        "Exchange doneNo=9223372036854775807: expected a number from 1 to 1152921504606846976",
                        "gap or skip from=-9223372036854775808 to=9223372036854775807: expected numbers from 1 to"
                                + " 1152921504606846976");
    }

    @Test
    void anExchangeInPartsCounts() {
        Values values = new Values(new Random(1));
        List<Catalog.Sequence> many = Stream.generate(() -> RandomCatalogs.sequence(values))
                .limit(1000)
                .toList();
        trace.begin(1).lane(0).exchanges(1).chunk();
        Exchange exchange = (Exchange) trace.chunks.get(0).entries().get(0);
        List<Segment> segments = IntStream.range(0, 3000)
                .mapToObj(i -> new Segment(i, i, 0, i * 1_000_003L))
                .toList();
        Exchange longer = new Exchange(
                1,
                exchange.id(),
                1,
                exchange.before(),
                exchange.flags(),
                segments,
                exchange.request(),
                0,
                exchange.answer());
        List<Entry> entries = new ArrayList<>(Parts.split(longer, 4000));
        entries.addAll(Parts.split(
                new CatalogEntry(1, new CatalogBuilder("x").sequences(many).build()), 4000));
        assertThat(entries.size()).isGreaterThan(5);
        trace.chunks.set(0, new Chunk(trace.chunks.get(0).header(), entries));
        trace.close();
        AuditReport report = trace.audited().report();
        assertThat(report.closes()).isTrue();
        assertThat(report.recorded()).isEqualTo(1);
    }

    @Test
    void countsThatFallWithinALaneAreAProblem() {
        trace.begin(1).lane(0).exchanges(3).add(gap(0, 4, 4)).chunk();
        assertThat(trace.audited().report().problems()).containsExactly(lane(1, 0) + ": the counter falls from 3 to 0");
    }

    private static Gap gap(long counter, long from, long to) {
        return new Gap(
                counter,
                0,
                Gap.Reason.SPOOL_FULL,
                List.of(new NumberRange(from, to)),
                to - from + 1,
                0,
                Access.UNKNOWN,
                false);
    }

    private static String lane(int epoch, int lane) {
        return "agent=00000000-0000-0001-0000-000000000001 epoch=" + epoch + " lane=" + lane;
    }

    private void removeOneExchange() {
        Chunk chunk = trace.chunks.get(0);
        ChunkHeader header = chunk.header();
        trace.chunks.set(
                0, new Chunk(header, chunk.entries().subList(1, chunk.entries().size())));
    }
}
