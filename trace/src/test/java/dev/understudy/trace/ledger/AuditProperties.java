package dev.understudy.trace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.Values;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random captures with deaths and losses: as they are they close; less anything that has a number, they don't. */
class AuditProperties {
    @Property(tries = 200)
    void whateverHappensTheTraceCloses(@ForAll long seed) {
        AuditReport report = capture(new Values(new Random(seed))).audited().report();
        assertThat(report.problems()).isEmpty();
        assertThat(report.closes()).isTrue();
        assertThat(report.lastLedgers()).isTrue();
    }

    @Property(tries = 200)
    void lanesMayBeReadOneAfterTheOther(@ForAll long seed) {
        TraceMaker trace = capture(new Values(new Random(seed)));
        AuditReport expected = trace.audited().report();
        List<Chunk> byLane = new ArrayList<>(trace.chunks);
        byLane.sort(java.util.Comparator.comparingInt(chunk -> -chunk.header().lane()));
        Audit audit = new Audit();
        byLane.forEach(audit::add);
        assertThat(audit.report()).isEqualTo(expected);
    }

    @Property(tries = 200)
    void whatIsTakenAwayIsMissed(@ForAll long seed) {
        Values values = new Values(new Random(seed));
        TraceMaker trace = capture(values);
        int at = values.below(trace.chunks.size());
        Chunk chunk = trace.chunks.get(at);
        List<Entry> left =
                chunk.entries().stream().filter(entry -> number(entry) == 0).toList();
        long highestGone = chunk.entries().stream()
                .mapToLong(AuditProperties::number)
                .max()
                .orElse(0);
        trace.chunks.set(at, new Chunk(chunk.header(), left));

        AuditReport report = trace.audited().report();

        boolean explained =
                highestGone <= claimedUpTo(trace) && report.problems().isEmpty();
        assertThat(report.closes()).isEqualTo(explained);
    }

    private static long claimedUpTo(TraceMaker trace) {
        return trace.chunks.stream()
                .flatMap(chunk -> chunk.entries().stream())
                .filter(entry -> entry instanceof Gap gap && gap.reason() == Gap.Reason.UNCLEAN_DEATH)
                .mapToLong(entry -> ((Gap) entry).numbers().get(0).to())
                .max()
                .orElse(0);
    }

    @Property(tries = 200)
    void aChunkThatIsTakenAwayIsMissed(@ForAll long seed) {
        Values values = new Values(new Random(seed));
        TraceMaker trace = capture(values);
        Chunk gone = trace.chunks.remove(values.below(trace.chunks.size()));
        boolean wasLast = trace.chunks.stream()
                .noneMatch(chunk -> chunk.header().epoch() == gone.header().epoch()
                        && chunk.header().lane() == gone.header().lane()
                        && chunk.header().seq() > gone.header().seq());
        AuditReport report = trace.audited().report();
        assertThat(report.closes() && report.lastLedgers() && !wasLast).isFalse();
    }

    private static long number(Entry entry) {
        if (entry instanceof Exchange exchange) {
            return exchange.doneNo();
        } else if (entry instanceof Done done) {
            return done.doneNo();
        } else if (entry instanceof SessionStart start) {
            return start.doneNo();
        }
        return entry instanceof SessionEnd end ? end.doneNo() : 0;
    }

    private static TraceMaker capture(Values values) {
        TraceMaker trace = new TraceMaker();
        int laneCount = 1 + values.below(3);
        trace.begin(laneCount);
        for (int step = 0; step < 60; step++) {
            TraceMaker.Lane lane = trace.lane(values.below(laneCount));
            switch (values.below(12)) {
                case 0 -> lane.start();
                case 1 -> lane.end();
                case 2 -> lane.chunk();
                case 3 -> lane.heartbeat(false).chunk();
                case 4 -> lane.skip(1 + values.below(3));
                case 5 -> lane.lose(1 + values.below(3), trace.lane(values.below(laneCount)));
                case 6 -> lane.opaque();
                case 7 -> lane.begun().chunk().done();
                case 8 -> {
                    if (values.below(8) == 0) {
                        trace.die(laneCount);
                    }
                }
                default -> lane.exchanges(1 + values.below(20));
            }
        }
        return trace.close();
    }
}
