package dev.understudy.replay.schedule;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.Version.Likeness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a row a reader saw, where it overlapped a writer's end and the counter leaves open which came first: a
 * snapshot is taken, and a commit shown, some time before it is answered. A reader that shows what was there before the
 * writer comes before the writer's end; one that shows anything else, while a statement that commits by itself is still to be
 * answered, comes behind that. Where a transaction has one snapshot, what any of its reads shows tells where the first stands.
 *
 * <p>That breaks no proven order: the two overlapped, and what is proven to come before what is brought forward comes first
 * too. A transaction that committed, and wrote a row that another had written, took its snapshot behind that other's end, or
 * production would have refused it: nothing brings it forward.
 */
final class Versions {
    /** Rows of which the committed version is kept; with more, all is forgotten, and learned again. */
    static final int MAX_ROWS = 10_000;
    /** Rows that a transaction may write before nobody looks for their readers. */
    private static final int MAX_WRITTEN = 1_000;
    /** Tasks on one row that are looked at: those which overlap have places close to each other. */
    private static final int MAX_LOOKED_AT = 32;

    /** What a session's open transaction does. */
    static final class OfLine {
        /** Of what was added: who takes the one snapshot; what it writes. */
        private @Nullable Planned snapshot;

        private final Set<Row> told = new HashSet<>();
        /** Whether the open transaction was followed from its beginning, as it was added, and as it came in sight. */
        private boolean toldWhole;

        private boolean writtenWhole;
        /** Of what has come in sight: what it writes, null where the answer does not show it. */
        private final Map<Row, @Nullable Version> written = new LinkedHashMap<>();
        /** Tables of which it writes nobody knows which rows. */
        private final List<String> tables = new ArrayList<>();
    }

    private final BiPredicate<Planned, Planned> hadLetGo;
    /** The last that has come in sight, by table and key. */
    private final Map<String, Map<Object, Version>> committed = new HashMap<>();

    private int rows;
    /** Not in sight: who shows a row; who writes a row and commits by itself. */
    private final Map<Row, List<Planned>> readers = new HashMap<>();

    private final Map<Row, List<Planned>> writers = new HashMap<>();
    /** In sight: whose open transaction has written a row. */
    private final Map<Row, CausalLine> open = new HashMap<>();

    /** Nothing is looked at, and nothing kept, until an answer shows a row. */
    private boolean active;

    /** No tasks; {@code hadLetGo} tells whether an end, about to come in sight, had let go when a task was sent. */
    Versions(BiPredicate<Planned, Planned> hadLetGo) {
        this.hadLetGo = hadLetGo;
    }

    /** A task is known, and not in sight. */
    void add(Planned planned) {
        active = active || showsRow(planned.touches);
        if (!active) {
            return;
        }
        OfLine own = planned.line.versions;
        own.toldWhole |= begins(planned);
        for (Touch touch : planned.touches) {
            if (takesSnapshot(touch) && own.snapshot == null) {
                own.snapshot = planned;
            }
        }
        planned.snapshot = own.snapshot;
        boolean commits = commits(planned);
        for (Touch touch : planned.touches) {
            Row row = row(touch);
            if (row == null) {
                continue;
            }
            if (touch.use() == Touch.Use.READ) {
                if (touch.version() != null && own.toldWhole && !own.told.contains(row)) {
                    readers.computeIfAbsent(row, any -> new ArrayList<>(2)).add(planned);
                }
            } else if (isWrite(touch)) {
                if (own.told.size() < MAX_WRITTEN) {
                    own.told.add(row);
                }
                if (commits) {
                    writers.computeIfAbsent(row, any -> new ArrayList<>(2)).add(planned);
                }
            }
        }
        if (ends(planned)) {
            own.snapshot = null;
            own.told.clear();
            own.toldWhole = true;
        }
    }

    /** A task has come in sight. */
    void shown(Planned planned) {
        if (!active) {
            return;
        }
        OfLine own = planned.line.versions;
        own.writtenWhole |= begins(planned);
        for (Touch touch : planned.touches) {
            Row row = row(touch);
            if (row != null && touch.use() == Touch.Use.READ && touch.version() != null) {
                remove(readers, row, planned);
                learn(planned, row, touch.version());
            } else if (isWrite(touch)) {
                write(planned, touch, row);
            }
        }
        if (ends(planned)) {
            end(own, planned.line, commits(planned));
        } else if (planned.task.work() instanceof Work.Run run
                && run.exchange().tags().contains("ROLLBACK")) {
            own.written.replaceAll((row, version) -> null); // what a savepoint brings back, nobody knows
        }
    }

    private void write(Planned planned, Touch touch, @Nullable Row row) {
        OfLine own = planned.line.versions;
        if (row != null) {
            remove(writers, row, planned);
        }
        if (!isDone(planned)) {
            return;
        }
        if (row == null || own.written.size() >= MAX_WRITTEN) {
            own.tables.add(touch.table());
        } else {
            own.written.put(row, touch.version());
            open.put(row, planned.line);
        }
    }

    private void end(OfLine own, CausalLine line, boolean commits) {
        own.written.forEach((row, version) -> {
            open.remove(row, line);
            if (commits) {
                put(row, version);
            }
        });
        if (commits) {
            own.tables.forEach(this::forget);
            if (!own.writtenWhole) {
                forget(Touch.ANYTHING);
            }
        }
        own.writtenWhole = true;
        own.written.clear();
        own.tables.clear();
    }

    /** A reader shows what was committed when it was its turn, unless its transaction's snapshot is older. */
    private void learn(Planned planned, Row row, Version version) {
        boolean now = planned.snapshot == null || planned.snapshot == planned;
        if (now && isDone(planned) && !planned.line.versions.written.containsKey(row) && committed(row) == null) {
            put(row, version);
        }
    }

    private @Nullable Version committed(Row row) {
        Map<Object, Version> ofTable = committed.get(row.table());
        return ofTable == null ? null : ofTable.get(row.key());
    }

    private void put(Row row, @Nullable Version version) {
        Map<Object, Version> ofTable = committed.get(row.table());
        if (version == null) {
            rows -= ofTable == null || ofTable.remove(row.key()) == null ? 0 : 1;
            return;
        }
        if (ofTable == null || rows >= MAX_ROWS) {
            if (rows >= MAX_ROWS) {
                forget(Touch.ANYTHING);
            }
            ofTable = committed.computeIfAbsent(row.table(), table -> new HashMap<>());
        }
        rows += ofTable.put(row.key(), version) == null ? 1 : 0;
    }

    private void forget(String table) {
        if (table.equals(Touch.ANYTHING)) {
            committed.clear();
            rows = 0;
        } else {
            Map<Object, Version> ofTable = committed.remove(table);
            rows -= ofTable == null ? 0 : ofTable.size();
        }
    }

    /**
     * What has to come in sight before a task that is about to; null for nothing.
     *
     * @param watermark everything unread has a {@code sentAfter} of at least this: what would have to come before what is
     *     brought forward must have been read
     */
    @Nullable Planned before(Planned next, long watermark) {
        if (!active) {
            return null;
        }
        if (commits(next)) {
            Planned reader = readerBefore(next, watermark);
            if (reader != null) {
                return reader;
            }
        }
        if (next.snapshot == null || next.snapshot == next) {
            for (Touch touch : next.touches) {
                Row row = touch.use() == Touch.Use.READ && touch.version() != null ? row(touch) : null;
                Planned writer = row == null || !writers.containsKey(row)
                        ? null
                        : writerBefore(next, row, touch.version(), watermark);
                if (writer != null) {
                    return writer;
                }
            }
        }
        return null;
    }

    private @Nullable Planned readerBefore(Planned end, long watermark) {
        if (!hasReaders(end)) {
            return null;
        }
        Map<Row, @Nullable Version> written = new LinkedHashMap<>(end.line.versions.written);
        for (Touch touch : end.touches) {
            Row row = isWrite(touch) ? row(touch) : null;
            if (row != null) {
                written.put(row, touch.version());
            }
        }
        for (Map.Entry<Row, @Nullable Version> change : written.entrySet()) {
            int looked = 0;
            for (Planned reader : readers.getOrDefault(change.getKey(), List.of())) {
                Planned snapshot = reader.snapshot == null ? reader : reader.snapshot;
                boolean overlaps = reader.line != end.line
                        && !snapshot.inSight
                        && !hadLetGo.test(end, snapshot)
                        && snapshot.task.work().sentAfter() <= watermark;
                if (overlaps
                        && showsOlder(reader, change.getKey(), change.getValue())
                        && !writesLater(snapshot, written.keySet())) {
                    return snapshot;
                }
                if (++looked > MAX_LOOKED_AT) {
                    break;
                }
            }
        }
        return null;
    }

    private boolean hasReaders(Planned end) {
        if (readers.isEmpty()) {
            return false;
        }
        for (Row row : end.line.versions.written.keySet()) {
            if (readers.containsKey(row)) {
                return true;
            }
        }
        for (Touch touch : end.touches) {
            Row row = isWrite(touch) ? row(touch) : null;
            if (row != null && readers.containsKey(row)) {
                return true;
            }
        }
        return false;
    }

    private boolean showsOlder(Planned reader, Row row, @Nullable Version written) {
        Version shown = shownBy(reader, row);
        if (shown == null) {
            return false;
        }
        Version before = committed(row);
        Likeness old = before == null ? Likeness.UNKNOWN : shown.like(before);
        Likeness changed = written == null ? Likeness.UNKNOWN : shown.like(written);
        return old == Likeness.SAME && changed != Likeness.SAME || old == Likeness.UNKNOWN && changed == Likeness.OTHER;
    }

    private static @Nullable Version shownBy(Planned reader, Row row) {
        for (Touch touch : reader.touches) {
            if (touch.use() == Touch.Use.READ && row.equals(row(touch))) {
                return touch.version();
            }
        }
        return null;
    }

    /** Whether the transaction of one snapshot writes one of these rows, and was not refused. */
    private static boolean writesLater(Planned snapshot, Set<Row> rows) {
        boolean behind = false;
        for (Planned planned : snapshot.line.unsent) {
            behind |= planned == snapshot;
            if (behind && isDone(planned)) {
                for (Touch touch : planned.touches) {
                    if (isWrite(touch) && rows.contains(row(touch))) {
                        return true;
                    }
                }
            }
            if (behind && ends(planned)) {
                return false;
            }
        }
        return false;
    }

    /** Who committed by itself what the reader shows, and is answered later. */
    private @Nullable Planned writerBefore(Planned reader, Row row, @Nullable Version shown, long watermark) {
        Version before = committed(row);
        if (shown == null || before == null || shown.like(before) != Likeness.OTHER || open.containsKey(row)) {
            return null;
        }
        Planned found = null;
        int looked = 0;
        for (Planned writer : writers.getOrDefault(row, List.of())) {
            boolean overlaps = writer.line != reader.line
                    && !reader.isProvenBefore(writer)
                    && writer.task.work().sentAfter() <= watermark;
            Likeness likeness = overlaps ? likeness(shown, writer, row) : Likeness.OTHER;
            if (likeness == Likeness.SAME) {
                return writer;
            }
            boolean lower = found == null || CausalPlan.BY_PLACE.compare(writer, found) < 0;
            found = likeness == Likeness.UNKNOWN && lower ? writer : found;
            if (++looked > MAX_LOOKED_AT) {
                break;
            }
        }
        return found;
    }

    private static Likeness likeness(Version shown, Planned writer, Row row) {
        for (Touch touch : writer.touches) {
            if (isWrite(touch) && row.equals(row(touch))) {
                return touch.version() == null ? Likeness.UNKNOWN : shown.like(touch.version());
            }
        }
        return Likeness.OTHER;
    }

    private static void remove(Map<Row, List<Planned>> from, Row row, Planned planned) {
        List<Planned> tasks = from.get(row);
        if (tasks != null && tasks.remove(planned) && tasks.isEmpty()) {
            from.remove(row);
        }
    }

    private static @Nullable Row row(Touch touch) {
        Object key = touch.key();
        return key == null ? null : new Row(touch.table(), key);
    }

    private static boolean isWrite(Touch touch) {
        return touch.use() == Touch.Use.WRITE || touch.use() == Touch.Use.REMOVE || touch.use() == Touch.Use.EXCLUDE;
    }

    private static boolean showsRow(List<Touch> touches) {
        for (int i = 0; i < touches.size(); i++) {
            if (touches.get(i).version() != null) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(Planned planned) {
        return planned.task.work() instanceof Work.Run run
                ? run.exchange().before() == TransactionStatus.IDLE
                : planned.task.work() instanceof Work.Open;
    }

    private static boolean takesSnapshot(Touch touch) {
        return touch.use() == Touch.Use.READ
                && touch.key() == null
                && touch.table().equals(Touch.ANYTHING);
    }

    /** Whether production did what it says, and arms do. */
    private static boolean isDone(Planned planned) {
        return planned.task.work() instanceof Work.Run run
                && run.treatment().isAsRecorded()
                && run.exchange().facts().sqlState() == null;
    }

    private static boolean ends(Planned planned) {
        Work work = planned.task.work();
        return work.endsTransaction()
                || work instanceof Work.Run run && run.exchange().tags().contains("COMMIT");
    }

    private static boolean commits(Planned planned) {
        return isDone(planned)
                && ends(planned)
                && planned.task.work() instanceof Work.Run run
                && !run.exchange().tags().contains("ROLLBACK");
    }
}
