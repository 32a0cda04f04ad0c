package dev.understudy.replay.isolation;

import dev.understudy.replay.schedule.RequestRewrite;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.schedule.Work;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Has arms run what was SERIALIZABLE at the level that {@linkplain ArmIsolation stands for it}, and puts production's level in
 * answers that show the arm's.
 */
public final class IsolationRewrite implements RequestRewrite {
    private static final Pattern SHOWS = Pattern.compile("transaction_isolation|pg_settings", Pattern.CASE_INSENSITIVE);

    private final Runnable whenRewritten;

    /** {@code whenRewritten} is told of each request that is not sent as it was. */
    public IsolationRewrite(Runnable whenRewritten) {
        this.whenRewritten = whenRewritten;
    }

    @Override
    public ByteBuf forArm(Work.Run run, int arm, ByteBuf request) {
        return rewritten(request);
    }

    @Override
    public ByteBuf ofState(SessionInfo session, int arm, ByteBuf request) {
        return rewritten(request);
    }

    private ByteBuf rewritten(ByteBuf request) {
        ByteBuf own = IsolationRequest.of(request);
        if (own == null) {
            return request;
        }
        whenRewritten.run();
        return own;
    }

    @Override
    public @Nullable ByteBuf read(Work.Run run, int arm, ByteBuf answer) {
        return mayShow(run) ? IsolationAnswer.of(run.exchange().answer(), answer) : null;
    }

    private static boolean mayShow(Work.Run run) {
        return run.exchange().tags().contains("SHOW")
                || SHOWS.matcher(run.exchange().request().toString(StandardCharsets.ISO_8859_1))
                        .find();
    }
}
