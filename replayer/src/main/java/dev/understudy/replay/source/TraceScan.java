package dev.understudy.replay.source;

import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.chunk.PartAssembler;
import dev.understudy.trace.entry.Cut;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.entry.SessionSnapshot;
import dev.understudy.trace.entry.SessionStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Looks through a trace for its sessions and cuts. Fed each partition's chunks in their order; belongs to one thread. */
final class TraceScan {
    /** Sixteen bytes each. */
    private static final int MAX_SESSIONS = 8_000_000;

    private static final int MAX_NAMES = 10_000;

    private final Intake intake;
    private final Map<Integer, Lane> lanes = new HashMap<>();
    private final SortedSet<String> users = new TreeSet<>();
    private final Map<String, Long> databases = new TreeMap<>();
    private final List<Cut> cuts = new ArrayList<>();
    private long[] begins = new long[1024];
    private long[] ends = new long[1024];
    private int begun;
    private int ended;
    private long sessions;
    private long exchanges;

    /** One partition on its way: the sessions that are open in it, with their agents. */
    private static final class Lane {
        final ChunkOrder order = new ChunkOrder();
        final PartAssembler parts = new PartAssembler(PartAssembler.DEFAULT_MAX_BYTES);
        final Map<Long, UUID> open = new HashMap<>();
    }

    TraceScan(Intake intake) {
        this.intake = intake;
    }

    void read(int partition, Chunk chunk) {
        Lane lane = lanes.computeIfAbsent(partition, number -> new Lane());
        ChunkHeader header = chunk.header();
        if (!lane.order.isNew(header)) {
            return;
        }
        // what an agent's earlier start had open ended with it
        lane.open.entrySet().removeIf(session -> {
            boolean over =
                    session.getValue().equals(header.agent()) && SessionIds.epoch(session.getKey()) < header.epoch();
            if (over) {
                end(2 * header.counterOpen());
            }
            return over;
        });
        for (Entry entry : chunk.entries()) {
            Entry whole = lane.parts.accept(entry);
            if (whole != null) {
                take(partition, lane, header, whole);
            }
        }
    }

    private void take(int partition, Lane lane, ChunkHeader header, Entry entry) {
        if (entry instanceof Exchange || entry instanceof Done) {
            exchanges++;
        } else if (entry instanceof SessionStart start) {
            databases.merge(start.database(), 1L, Long::sum);
            SessionInfo info = new SessionInfo(
                    start.session(), partition, intake.user(start.user()), start.database(), start.startup(), null);
            if (intake.isCaptured(info) && intake.selection().mayWant(info)) {
                begin(lane, header, start.session(), start.user(), 2 * start.doneNo());
            }
        } else if (entry instanceof SessionSnapshot snapshot
                && !lane.open.containsKey(snapshot.session())
                && intake.selection().share().has(partition)) {
            String user = snapshot.parameters().getOrDefault("session_authorization", "");
            begin(lane, header, snapshot.session(), user, 2 * snapshot.counter());
        } else if (entry instanceof SessionEnd end && lane.open.remove(end.session()) != null) {
            end(2 * end.sentAfter() + 1);
        } else if (entry instanceof Cut cut) {
            cuts.add(cut);
        }
    }

    private void begin(Lane lane, ChunkHeader header, long session, String user, long rank) {
        lane.open.put(session, header.agent());
        sessions++;
        if (!user.isEmpty() && users.size() < MAX_NAMES) {
            users.add(user);
        }
        if (begun < MAX_SESSIONS) {
            begins = begun == begins.length ? Arrays.copyOf(begins, 2 * begun) : begins;
            begins[begun++] = rank;
        }
    }

    private void end(long rank) {
        if (ended < MAX_SESSIONS) {
            ends = ended == ends.length ? Arrays.copyOf(ends, 2 * ended) : ends;
            ends[ended++] = rank;
        }
    }

    TraceFacts facts() {
        return new TraceFacts(users, databases, sessions, mostOpen(), exchanges, cuts);
    }

    private int mostOpen() {
        Arrays.sort(begins, 0, begun);
        Arrays.sort(ends, 0, ended);
        int most = 0;
        int over = 0;
        for (int i = 0; i < begun; i++) {
            while (over < ended && ends[over] < begins[i]) {
                over++;
            }
            most = Math.max(most, i + 1 - over);
        }
        return most;
    }
}
