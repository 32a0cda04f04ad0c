package dev.understudy.replay.selection;

import dev.understudy.replay.schedule.Place;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.run.Disposition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets through the work that a selection wants, each session's in its order. A session is opened when the first of its
 * work is let through, and what set it up before then is sent first. Belongs to one thread.
 */
public final class SelectionGate implements Consumer<Work> {
    /** What is kept of a session that is not open yet; beyond it, the oldest is forgotten. */
    private static final int MAX_KEPT = 10_000;

    private final Selection selection;
    private final Consumer<Work> out;
    private final Map<Long, Gated> sessions = new HashMap<>();
    private final Map<LeftOut, Long> leftOut = new EnumMap<>(LeftOut.class);
    private long leftOutWrites;

    /** One session: {@code opening} until it has been let through. */
    private static final class Gated {
        final SessionSelection selection;
        Work.@Nullable Open opening;
        final Map<ByteBuf, Kept> kept = new LinkedHashMap<>();

        Gated(SessionSelection selection, Work.Open opening) {
            this.selection = selection;
            this.opening = opening;
        }
    }

    private record Kept(Work work, LeftOut why) {}

    /** A gate before {@code out}. */
    public SelectionGate(Selection selection, Consumer<Work> out) {
        this.selection = selection;
        this.out = out;
    }

    /** Exchanges left out without an outcome of their own, by the reason. */
    public Map<LeftOut, Long> leftOut() {
        return leftOut;
    }

    /** How many of them seem to write. */
    public long leftOutWrites() {
        return leftOutWrites;
    }

    @Override
    public void accept(Work work) {
        if (work instanceof Work.Open open) {
            sessions.put(open.session().session(), new Gated(selection.session(open.session()), open));
            return;
        }
        Gated gated = sessions.get(work.session().session());
        if (gated == null) {
            notReplayed(work);
        } else if (work instanceof Work.Run run) {
            run(gated, run);
        } else if (work instanceof Work.Close) {
            sessions.remove(work.session().session());
            if (gated.opening == null) {
                out.accept(work);
            }
            gated.kept.values().forEach(this::count);
        } else if (gated.opening == null) {
            out.accept(work);
        } else {
            gated.kept.put(Unpooled.EMPTY_BUFFER, new Kept(work, LeftOut.BEFORE_FROM));
        }
    }

    /** An exchange of a session that is not replayed: of another database, or without its beginning. */
    private void notReplayed(Work work) {
        if (work instanceof Work.Run run && !selection.share().has(run.session().partition())) {
            count(LeftOut.OTHER_SHARE, run);
        } else {
            out.accept(work);
        }
    }

    private void run(Gated gated, Work.Run run) {
        SessionSelection.Choice choice = gated.selection.choose(run.exchange());
        LeftOut why = choice.leftOut();
        if (why == null) {
            open(gated, run);
            boolean told = choice.compared() || !(run.treatment() instanceof Treatment.Send);
            out.accept(told ? run : as(new Treatment.SendOnly(LeftOut.BEFORE_CUT.term()), run));
            return;
        }
        ByteBuf state = why == LeftOut.OTHER_SHARE || why == LeftOut.NOT_SELECTED && gated.opening != null
                ? null
                : StateRequest.of(run.exchange());
        boolean ends = run.treatment() instanceof Treatment.Withhold withheld && withheld.endsSession();
        if (state != null && !ends && run.treatment() instanceof Treatment.Send) {
            Work.Run setting = as(new Treatment.Replace(Disposition.FILTERED, why.term(), state), run);
            if (gated.opening == null) {
                out.accept(setting);
            } else {
                keep(gated, why, state, setting);
            }
        } else if (ends && gated.opening == null) {
            out.accept(as(new Treatment.Withhold(Disposition.FILTERED, why.term(), true), run));
        } else {
            count(why, run);
        }
    }

    private void keep(Gated gated, LeftOut why, ByteBuf state, Work.Run setting) {
        count(gated.kept.remove(state));
        gated.kept.put(state, new Kept(setting, why));
        if (gated.kept.size() > MAX_KEPT) {
            count(gated.kept.remove(gated.kept.keySet().iterator().next()));
        }
    }

    private void count(@Nullable Kept kept) {
        if (kept != null && kept.work() instanceof Work.Run run) {
            count(kept.why(), run);
        }
    }

    private void count(LeftOut why, Work.Run run) {
        leftOut.merge(why, 1L, Long::sum);
        leftOutWrites += run.exchange().tags().stream().anyMatch(SelectionGate::writes) ? 1 : 0;
    }

    private static boolean writes(String tag) {
        return tag.startsWith("INSERT ")
                || tag.startsWith("UPDATE ")
                || tag.startsWith("DELETE ")
                || tag.startsWith("MERGE ")
                || tag.startsWith("CREATE ")
                || tag.startsWith("ALTER ")
                || tag.startsWith("DROP ")
                || tag.startsWith("TRUNCATE");
    }

    /** Opens the session where its first wanted exchange stands, and sets it up there. */
    private void open(Gated gated, Work.Run first) {
        Work.Open opening = gated.opening;
        if (opening == null) {
            return;
        }
        gated.opening = null;
        long rank = first.place().rank();
        out.accept(new Work.Open(
                opening.session(),
                new Place(rank, opening.place().number()),
                first.sentAfter(),
                first.startWallMicros()));
        for (Kept kept : gated.kept.values()) {
            Place place = new Place(rank, kept.work().place().number());
            if (kept.work() instanceof Work.Run run) {
                out.accept(at(place, first, run));
            } else if (kept.work() instanceof Work.Restore restore) {
                out.accept(new Work.Restore(
                        restore.session(), place, first.sentAfter(), first.startWallMicros(), restore.snapshot()));
            }
        }
        gated.kept.clear();
    }

    /** The same work treated otherwise. */
    private static Work.Run as(Treatment treatment, Work.Run run) {
        return run.with(run.place(), run.exchange(), treatment);
    }

    /** The same work at another place, sent no earlier than {@code first} was. */
    private static Work.Run at(Place place, Work.Run first, Work.Run run) {
        RecordedExchange exchange = run.exchange().at(first.sentAfter(), first.startWallMicros());
        return run.with(place, exchange, run.treatment());
    }
}
