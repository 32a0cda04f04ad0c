package dev.understudy.trace.ledger;

import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionStart;
import dev.understudy.trace.entry.Skip;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Accounts for every number of a trace from the trace alone. Feed it every chunk of every lane, each lane in its order,
 * lanes in any; duplicates that Kafka made are dropped by agent, epoch, lane and seq. Belongs to one thread.
 *
 * <p>What is proven:
 *
 * <ul>
 *   <li><b>Numbers.</b> Every number that the counter ticked to, from the first to the highest, stands in the trace once:
 *       as an exchange (Exchange or Done), as a session's start or end, in a gap, or in a skip. A gap of an unclean death
 *       claims what of its range stands nowhere else: that is lost, and no number twice. What is missing beyond is
 *       unaccounted.
 *   <li><b>How far.</b> The first number is the one after the lowest counter at which a chunk was opened. The highest is
 *       the highest that is told anywhere if every agent closed in good order. Where one did not (it runs, or was killed
 *       and not started again), it is the lowest counter among the last ledgers of its lanes: what is above is still on
 *       its way, and nothing is said about it.
 *   <li><b>Chunks.</b> The seqs of each lane are dense from 0.
 *   <li><b>Ledgers.</b> Each adds up; it tells as many recorded, skipped and opaque as the lane's entries before it; the
 *       closing ledgers of an epoch tell as many lost as its gaps do (a gap may stand in another lane than the one that
 *       lost). Where chunks are missing, that is said, and the ledgers are not held against the rest.
 *   <li><b>Counters.</b> No entry's counter falls within a lane; no exchange was sent after its own end.
 * </ul>
 *
 * <p>Several agents may share one counter. Agents with counters of their own, such as those of two hosts, need an audit
 * each; fed to one, their numbers stand there twice.
 *
 * <p>Numbers are kept as bitmap pages: tens of millions take a few megabytes.
 */
public final class Audit {
    /** More than any counter will reach; beyond it a number is nonsense. */
    private static final long MAX_NUMBER = 1L << 60;

    private static final int MAX_RANGES = 10_000;

    private final Map<UUID, NavigableMap<Integer, EpochAudit>> agents = new TreeMap<>();
    private final NumberSet numbers = new NumberSet();
    private final NumberRanges ranges = new NumberRanges();
    private final NumberRanges claims = new NumberRanges();
    private final NumberRanges twice = new NumberRanges();
    private final Problems problems = new Problems();
    private final Map<Gap.Reason, Long> lostByReason = new EnumMap<>(Gap.Reason.class);
    private final Map<Skip.Policy, Long> skippedByPolicy = new EnumMap<>(Skip.Policy.class);
    private long sessions;
    private long lowestCounter = Long.MAX_VALUE;
    private long highest;

    /** Takes one chunk into account. */
    public void add(Chunk chunk) {
        ChunkHeader header = chunk.header();
        EpochAudit epoch = agents.computeIfAbsent(header.agent(), agent -> new TreeMap<>())
                .computeIfAbsent(header.epoch(), number -> new EpochAudit(header));
        LaneAudit lane = epoch.lane(header);
        if (!lane.isNew(header.seq())) {
            return;
        }
        lowestCounter = Math.min(lowestCounter, header.counterOpen());
        for (Entry entry : chunk.entries()) {
            Entry next = lane.next(entry);
            if (next != null) {
                take(header, lane, next);
            }
        }
    }

    private void take(ChunkHeader header, LaneAudit lane, Entry entry) {
        if (entry instanceof Exchange exchange) {
            lane.recorded(exchange.id());
            number(exchange.doneNo(), exchange.sentAfter(), exchange);
        } else if (entry instanceof Done done) {
            lane.recorded(done.id());
            number(done.doneNo(), Long.MIN_VALUE, done);
        } else if (entry instanceof Begun begun) {
            lane.begun(begun.id());
        } else if (entry instanceof SessionStart start) {
            sessions++;
            number(start.doneNo(), start.sentAfter(), start);
        } else if (entry instanceof SessionEnd end) {
            lane.sessionEnded(end.session());
            number(end.doneNo(), end.sentAfter(), end);
        } else if (entry instanceof Gap gap) {
            gap(header, lane, gap);
        } else if (entry instanceof Skip skip) {
            long exchanges = count(skip.exchanges(), skip.numbers());
            lane.skipped(exchanges);
            skippedByPolicy.merge(skip.policy(), exchanges, Long::sum);
            skip.numbers().forEach(this::range);
        } else if (entry instanceof Heartbeat heartbeat) {
            lane.heartbeat(heartbeat);
            highest = Math.max(highest, Math.min(heartbeat.counter(), MAX_NUMBER));
        }
    }

    private void gap(ChunkHeader header, LaneAudit lane, Gap gap) {
        if (gap.reason() == Gap.Reason.UNCLEAN_DEATH) {
            agents.getOrDefault(header.agent(), new TreeMap<>())
                    .headMap(header.epoch(), false)
                    .values()
                    .forEach(EpochAudit::claimDeath);
            for (NumberRange claim : gap.numbers()) {
                claims.add(claim.from(), claim.to());
                highest = Math.max(highest, Math.min(claim.to(), MAX_NUMBER));
            }
            return;
        }
        if (gap.opaque()) {
            lane.opaque();
        } else {
            long exchanges = count(gap.exchanges(), gap.numbers());
            lane.lost(exchanges);
            lostByReason.merge(gap.reason(), exchanges, Long::sum);
        }
        gap.numbers().forEach(this::range);
    }

    private static long count(long exchanges, List<NumberRange> numbers) {
        return exchanges >= 0
                ? exchanges
                : numbers.stream().mapToLong(NumberRange::size).sum();
    }

    private void number(long number, long sentAfter, Entry entry) {
        if (number < 1 || number > MAX_NUMBER) {
            problems.add(name(entry, number) + ": expected a number from 1 to " + MAX_NUMBER);
            return;
        }
        if (sentAfter >= number) {
            problems.add(
                    name(entry, number) + " sentAfter=" + sentAfter + ": expected it to be sent before its own end");
        }
        highest = Math.max(highest, number);
        if (!numbers.add(number)) {
            twice.add(number, number);
        }
    }

    private static String name(Entry entry, long number) {
        return entry.getClass().getSimpleName() + " doneNo=" + number;
    }

    private void range(NumberRange range) {
        if (range.from() < 1 || range.to() > MAX_NUMBER) {
            problems.add("gap or skip from=" + range.from() + " to=" + range.to() + ": expected numbers from 1 to "
                    + MAX_NUMBER);
            return;
        }
        highest = Math.max(highest, range.to());
        ranges.add(range.from(), range.to(), twice::add);
    }

    /** What the chunks so far prove. */
    public AuditReport report() {
        Problems all = new Problems();
        all.addAll(problems);
        boolean closed = true;
        long settled = highest;
        long forwarded = 0;
        long recorded = 0;
        long skipped = 0;
        long lost = 0;
        long opaque = 0;
        long open = 0;
        for (NavigableMap<Integer, EpochAudit> epochs : agents.values()) {
            EpochAudit newest = epochs.lastEntry().getValue();
            for (EpochAudit epoch : epochs.values()) {
                all.addAll(epoch.problems());
                if (!epoch.isClosed() && epoch == newest) {
                    closed = false;
                    settled = Math.min(settled, epoch.settled());
                } else if (!epoch.isClosed()) {
                    all.addAll(epoch.unclaimed(newest));
                }
                forwarded += epoch.forwarded();
                for (LaneAudit lane : epoch.lanes()) {
                    recorded += lane.recorded();
                    skipped += lane.skipped();
                    lost += lane.lost();
                    opaque += lane.opaqueSessions();
                    open += lane.openAtEnd();
                }
            }
        }
        long first = agents.isEmpty() ? 1 : Math.max(lowestCounter + 1, 1);
        NumberRanges unaccounted = new NumberRanges();
        long[] died = {0};
        numbers.forEachMissing(
                first,
                settled,
                (from, to) -> ranges.forEachOther(from, to, (otherFrom, otherTo) -> {
                    claims.forEachCommon(otherFrom, otherTo, (lostFrom, lostTo) -> died[0] += lostTo - lostFrom + 1);
                    claims.forEachOther(otherFrom, otherTo, unaccounted::add);
                }));
        Map<Gap.Reason, Long> reasons = new EnumMap<>(lostByReason);
        if (died[0] > 0) {
            reasons.put(Gap.Reason.UNCLEAN_DEATH, died[0]);
        }
        return new AuditReport(
                first,
                settled,
                forwarded + died[0],
                recorded,
                skipped,
                lost + died[0],
                opaque,
                reasons,
                Map.copyOf(skippedByPolicy),
                sessions,
                unaccounted.list(MAX_RANGES),
                doubled().list(MAX_RANGES),
                open,
                all.list(),
                closed);
    }

    private NumberRanges doubled() {
        NumberRanges doubled = new NumberRanges();
        twice.forEach(doubled::add);
        ranges.forEach((from, to) -> numbers.forEachPresent(from, to, doubled::add));
        return doubled;
    }
}
