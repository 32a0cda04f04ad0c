package dev.understudy.replay;

import dev.understudy.replay.generated.Change;
import dev.understudy.replay.outcome.Finished;
import dev.understudy.replay.outcome.OutcomePublisher;
import dev.understudy.replay.schedule.Work;
import dev.understudy.replay.source.MemoryWindow;
import dev.understudy.replay.target.ArmResult;
import dev.understudy.replay.target.ArmServer;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Disposition;
import java.util.ArrayList;
import java.util.List;

/** Says what became of an exchange, once for each. Belongs to the director's thread. */
final class Reporter {
    private final List<ArmServer> arms;
    private final MemoryWindow window;
    private final OutcomePublisher publisher;
    private final RunCounters counters;
    private final Rewrites rewrites;

    Reporter(
            List<ArmServer> arms,
            MemoryWindow window,
            OutcomePublisher publisher,
            RunCounters counters,
            Rewrites rewrites) {
        this.arms = arms;
        this.window = window;
        this.publisher = publisher;
        this.counters = counters;
        this.rewrites = rewrites;
    }

    /** An exchange was not sent, or what was sent in its place says nothing. */
    void unsent(Flight flight, Work.Run run, Disposition disposition, String reason) {
        // what is left out on purpose may stand in the copies already
        if (disposition != Disposition.FILTERED) {
            rewrites.unsent(run);
        }
        ended(flight, run, disposition, reason, List.of());
    }

    /** An exchange has ended; {@code results} are the arms' in their order, empty if it was not sent. */
    void ended(Flight flight, Work.Run run, Disposition disposition, String reason, List<ArmResult> results) {
        List<ArmAnswer> answers = new ArrayList<>(results.size());
        long kept = 0;
        boolean differs = false;
        for (int arm = 0; arm < results.size(); arm++) {
            ArmResult result = results.get(arm);
            answers.add(new ArmAnswer(
                    arms.get(arm).arm(),
                    result.sameAsRecorded(),
                    result.frames(),
                    result.truncated(),
                    result.sentWallMicros(),
                    result.latencyNanos(),
                    result.brokenOff()));
            kept += result.frames().readableBytes();
            differs |= !result.sameAsRecorded();
        }
        window.take(kept);
        Change change = rewrites.take(run);
        counters.ended(differs, flight.task().moved());
        publisher.add(new Finished(
                run.session(),
                run.exchange(),
                run.read(),
                disposition,
                reason,
                flight.lagNanos(),
                flight.task().moved(),
                answers,
                change,
                run.weight() + kept));
    }

    void sessionOver(LiveSession live) {
        publisher.sessionOver(live.info().session());
    }
}
