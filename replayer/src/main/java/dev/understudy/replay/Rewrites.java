package dev.understudy.replay;

import dev.understudy.replay.schedule.RequestRewrite;
import dev.understudy.replay.schedule.Work;
import dev.understudy.replay.target.ArmResult;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** All rewrites of requests, one after the other. Belongs to the director's thread. */
final class Rewrites {
    private final List<RequestRewrite> rewrites;

    Rewrites(List<RequestRewrite> rewrites) {
        this.rewrites = List.copyOf(rewrites);
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

    void answered(Work work, int arm, ArmResult result) {
        if (work instanceof Work.Run run) {
            ByteBuf answer = result.sameAsRecorded() ? run.exchange().answer() : result.frames();
            for (RequestRewrite rewrite : rewrites) {
                rewrite.answered(run, arm, answer);
            }
        }
    }

    void sessionOver(long session) {
        rewrites.forEach(rewrite -> rewrite.sessionOver(session));
    }
}
