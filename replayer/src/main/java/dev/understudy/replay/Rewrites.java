package dev.understudy.replay;

import dev.understudy.replay.generated.Change;
import dev.understudy.replay.schedule.RequestRewrite;
import dev.understudy.replay.schedule.Work;
import dev.understudy.replay.target.ArmResult;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rewrites of requests, one after the other. Belongs to the director's thread. */
final class Rewrites {
    private final List<RequestRewrite> rewrites;
    private final GeneratedRewrite generated;

    /** Generated values are put in first: where they stand is known of the recorded bytes. */
    Rewrites(List<RequestRewrite> others, GeneratedRewrite generated) {
        List<RequestRewrite> all = new ArrayList<>(List.of(generated));
        all.addAll(others);
        this.rewrites = List.copyOf(all);
        this.generated = generated;
    }

    /** What an arm is sent: {@code request} itself where nothing is rewritten. */
    ByteBuf forArm(Work work, int arm, ByteBuf request) {
        ByteBuf sent = request;
        for (RequestRewrite rewrite : rewrites) {
            sent = work instanceof Work.Run run
                    ? rewrite.forArm(run, arm, sent)
                    : rewrite.ofState(work.session(), arm, sent);
        }
        return sent;
    }

    /** What an arm's result means. */
    @SuppressWarnings("ReferenceEquality") // an answer that means what it says is given back as the same buffer
    ArmResult read(Work work, int arm, ArmResult result) {
        if (!(work instanceof Work.Run run)
                || result.sameAsRecorded()
                || result.brokenOff()
                || result.truncated() > 0
                || !run.treatment().isAsRecorded()) {
            return result;
        }
        ByteBuf meant = null;
        for (RequestRewrite rewrite : rewrites) {
            ByteBuf read = rewrite.read(run, arm, meant == null ? result.frames() : meant);
            meant = read == null ? meant : read;
        }
        return meant == null ? result : result.meaning(meant, run.exchange().answer());
    }

    void answered(Work work, int arm, ArmResult result) {
        if (work instanceof Work.Run run) {
            ByteBuf answer = result.sameAsRecorded() ? run.exchange().answer() : result.frames();
            for (RequestRewrite rewrite : rewrites) {
                rewrite.answered(run, arm, answer);
            }
        }
    }

    /** An exchange was not sent on any arm. */
    void unsent(Work.Run run) {
        generated.unsent(run);
    }

    /** What was found out about the generated values of an exchange that ends here; null if nothing. */
    @Nullable Change take(Work.Run run) {
        return generated.take(run);
    }

    void sessionOver(long session) {
        rewrites.forEach(rewrite -> rewrite.sessionOver(session));
    }
}
