package dev.understudy.replay;

import dev.understudy.replay.generated.Change;
import dev.understudy.replay.generated.GeneratedValues;
import dev.understudy.replay.schedule.RequestRewrite;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Puts each arm's own generated values in the place of the recorded ones. Belongs to the director's thread. */
final class GeneratedRewrite implements RequestRewrite {
    private final GeneratedValues values;
    private final RunCounters counters;

    GeneratedRewrite(GeneratedValues values, RunCounters counters) {
        this.values = values;
        this.counters = counters;
    }

    @Override
    public ByteBuf forArm(Work.Run run, int arm, ByteBuf request) {
        // what is sent in an exchange's place has none of its values where they were
        if (!run.treatment().isAsRecorded()) {
            return request;
        }
        ByteBuf rewritten = values.request(arm, run.exchange().id(), run.generated(), request);
        if (rewritten == null) {
            return request;
        }
        counters.rewritten(RunCounters.Rewritten.GENERATED);
        return rewritten;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an answer that is the same is given as the recorded buffer
    public void answered(Work.Run run, int arm, ByteBuf answer) {
        if (run.treatment() instanceof Treatment.Replace) {
            unsent(run);
            return;
        }
        values.answered(
                arm,
                run.exchange().id(),
                run.generated(),
                answer == run.exchange().answer(),
                answer);
    }

    @Override
    public void sessionOver(long session) {
        values.sessionOver(session);
    }

    /** An exchange was not sent. */
    void unsent(Work.Run run) {
        values.unsent(run.exchange().id(), run.generated());
    }

    /** What was found out about an exchange that ends here; null if nothing. */
    @Nullable Change take(Work.Run run) {
        return values.take(run.exchange().id());
    }
}
