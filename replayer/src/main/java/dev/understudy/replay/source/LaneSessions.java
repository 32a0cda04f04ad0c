package dev.understudy.replay.source;

import dev.understudy.replay.blocked.SessionGuard;
import dev.understudy.replay.schedule.Place;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.entry.SessionSnapshot;
import dev.understudy.trace.entry.SessionStart;
import dev.understudy.trace.run.Disposition;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The sessions of one partition, from where each begins to its end. Pure; fed in the partition's order. */
final class LaneSessions {
    private static final String QUOTING = "standard_conforming_strings";

    private final int partition;
    private final Intake intake;
    private final ExchangeReadings readings;
    private final Consumer<Work> out;
    private final Map<Long, Track> tracks = new HashMap<>();
    /** Of the chunk that is being read. */
    private UUID agent = new UUID(0, 0);

    /** One session on its way; {@code started} once its connections are to be made. */
    static final class Track {
        private final SessionInfo info;
        private final boolean started;
        private final UUID agent;
        private final SessionGuard guard;
        private Place last = Place.FIRST;

        Track(SessionInfo info, boolean started, UUID agent, SessionGuard guard) {
            this.info = info;
            this.started = started;
            this.agent = agent;
            this.guard = guard;
        }

        SessionInfo info() {
            return info;
        }

        /** Of what came last in the session. */
        Place last() {
            return last;
        }

        void goneTo(Place place) {
            last = place;
        }
    }

    LaneSessions(int partition, Intake intake, ExchangeReadings readings, Consumer<Work> out) {
        this.partition = partition;
        this.intake = intake;
        this.readings = readings;
        this.out = out;
    }

    /**
     * A chunk begins. If its agent has started anew, the sessions of its earlier starts ended with it, however that came:
     * {@code gone} hears of each.
     */
    void chunk(ChunkHeader header, LongConsumer gone) {
        agent = header.agent();
        for (Iterator<Track> left = tracks.values().iterator(); left.hasNext(); ) {
            Track track = left.next();
            if (track.agent.equals(header.agent()) && SessionIds.epoch(track.info.session()) < header.epoch()) {
                left.remove();
                gone.accept(track.info.session());
                Place place =
                        new Place(Math.max(track.last.rank(), 2 * header.counterOpen()), header.counterOpen() + 1);
                close(track, place, header.counterOpen(), header.wallMicros());
            }
        }
    }

    /** The session of an exchange; one that is not known to have begun if its start is not in what was read. */
    Track of(long session) {
        return tracks.computeIfAbsent(session, id -> new Track(unknown(id), false, agent, guard(Map.of())));
    }

    private SessionInfo unknown(long session) {
        return new SessionInfo(session, partition, "", "", Map.of(), null);
    }

    Treatment treatment(Track track, RecordedExchange exchange, boolean piecesMissing) {
        if (!track.started) {
            return new Treatment.Withhold(Disposition.GAP, "session-start-missing", false);
        }
        if (piecesMissing) {
            return new Treatment.Withhold(Disposition.GAP, "pieces-missing", false);
        }
        return intake.isCaptured(track.info)
                ? track.guard.treat(exchange, Treatment.of(exchange))
                : Treatment.OTHER_DATABASE;
    }

    void start(ChunkHeader header, SessionStart start) {
        SessionInfo info = new SessionInfo(
                start.session(), partition, intake.user(start.user()), start.database(), start.startup(), null);
        Track track = new Track(info, true, agent, guard(start.parameters()));
        tracks.put(start.session(), track);
        if (intake.isCaptured(info)) {
            track.last = Place.ofAny(start.doneNo(), track.last);
            out.accept(new Work.Open(info, track.last, start.sentAfter(), header.wallMicros(start.nanos())));
        }
    }

    /** A guard of a session that begins with these parameters, as its server reported them. */
    private SessionGuard guard(Map<String, String> parameters) {
        return intake.blocked().session("off".equals(parameters.get(QUOTING)));
    }

    void snapshot(ChunkHeader header, SessionSnapshot snapshot) {
        Track known = tracks.get(snapshot.session());
        readings.begin(snapshot);
        Place place = new Place(2 * snapshot.counter(), snapshot.counter());
        if (known != null && known.started) {
            if (intake.isCaptured(known.info)) {
                known.last = laterOf(place, known.last);
                out.accept(new Work.Restore(
                        known.info, known.last, snapshot.counter(), header.wallMicros(), known.guard.treat(snapshot)));
            }
            return;
        }
        SessionGuard guard = guard(snapshot.parameters());
        String user = intake.user(snapshot.parameters().getOrDefault("session_authorization", ""));
        SessionInfo info = SessionInfo.of(partition, user, guard.treat(snapshot));
        Track track = new Track(info, true, agent, guard);
        track.last = laterOf(place, known == null ? Place.FIRST : known.last);
        tracks.put(snapshot.session(), track);
        out.accept(new Work.Open(info, track.last, snapshot.counter(), header.wallMicros()));
    }

    private static Place laterOf(Place first, Place second) {
        return first.compareTo(second) >= 0 ? first : second;
    }

    void end(ChunkHeader header, SessionEnd end) {
        Track track = tracks.remove(end.session());
        readings.end(end.session());
        if (track != null) {
            Place place = Place.ofEnd(end.sentAfter(), end.doneNo(), track.last);
            close(track, place, end.sentAfter(), header.wallMicros(end.nanos()));
        }
    }

    /**
     * The partition has been read to its end: sessions still open are closed behind everything, so that what they hold keeps
     * nobody waiting.
     */
    void endAll() {
        for (Track track : tracks.values()) {
            close(track, new Place(Long.MAX_VALUE, track.info.session()), Long.MAX_VALUE / 4, 0);
        }
        tracks.clear();
    }

    private void close(Track track, Place place, long sentAfter, long startWallMicros) {
        if (track.started && intake.isCaptured(track.info)) {
            out.accept(new Work.Close(track.info, place, sentAfter, startWallMicros));
        }
    }
}
