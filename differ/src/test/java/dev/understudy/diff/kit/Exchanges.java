package dev.understudy.diff.kit;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Omission;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.GeneratedTwin;
import dev.understudy.trace.run.KnownStatement;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Builds outcomes. Production ran at second 1,000, the arms at second 5,000; each exchange takes 10 ms. */
public final class Exchanges {
    /** When production's first exchange was sent, microseconds since 1970. */
    public static final long PRODUCTION = 1_000_000_000L;
    /** When the arms' first exchange was sent. */
    public static final long REPLAY = 5_000_000_000L;
    /** How long each takes. */
    public static final long TOOK = 10_000;
    /** From one exchange to the next. */
    public static final long STEP = 20_000;

    private final ByteBuf request;
    private final ByteBuf recorded;
    private final List<Given> answers = new ArrayList<>();
    private final List<GeneratedTwin> twins = new ArrayList<>();
    private final List<KnownStatement> known = new ArrayList<>();
    private List<Omission> omissions = List.of();
    private Set<ExchangeFlag> flags = Set.of();
    private Disposition disposition = Disposition.COMPARED;
    private String reason = "";
    private long took = TOOK;
    private int session = 1;
    private int ordinal;

    /** An arm's answer; when it was sent is known once the exchange's number is. */
    private record Given(Arm arm, ByteBuf frames, long truncated, boolean brokenOff, long took) {}

    private Exchanges(ByteBuf request, ByteBuf recorded) {
        this.request = request;
        this.recorded = recorded;
    }

    /** An exchange with what production answered. */
    public static Exchanges exchange(ByteBuf request, ByteBuf recorded) {
        return new Exchanges(request, recorded);
    }

    /** Which one it is. */
    public Exchanges id(int newSession, int newOrdinal) {
        session = newSession;
        ordinal = newOrdinal;
        return this;
    }

    /** How long the arms' next answers take, microseconds. */
    public Exchanges taking(long micros) {
        took = micros;
        return this;
    }

    /** What the control answered. */
    public Exchanges control(ByteBuf frames) {
        return arm(Arm.CONTROL, frames, 0, false);
    }

    /** What the candidate answered. */
    public Exchanges candidate(ByteBuf frames) {
        return arm(Arm.CANDIDATE, frames, 0, false);
    }

    /** What an arm answered, whatever became of it. */
    public Exchanges arm(Arm arm, ByteBuf frames, long truncated, boolean brokenOff) {
        answers.add(new Given(arm, frames, truncated, brokenOff, took));
        return this;
    }

    /** What it uses from before. */
    public Exchanges knows(KnownStatement statement) {
        known.add(statement);
        return this;
    }

    /** What is missing from the recording. */
    public Exchanges omits(Omission... missing) {
        omissions = List.of(missing);
        return this;
    }

    /** What else is to be known. */
    public Exchanges flagged(ExchangeFlag... all) {
        flags = Set.of(all);
        return this;
    }

    /** A value of an arm's that stands for production's, in the first result. */
    public Exchanges twin(Arm arm, int column, String production, String own) {
        twins.add(new GeneratedTwin(arm, 0, column, production, own));
        return this;
    }

    /** Another class than COMPARED. */
    public Exchanges ended(Disposition in, String why) {
        disposition = in;
        reason = why;
        return this;
    }

    private ArmAnswer sent(Given given) {
        boolean same = given.frames().equals(recorded) && given.truncated() == 0 && !given.brokenOff();
        return new ArmAnswer(
                given.arm(),
                same,
                same ? Unpooled.EMPTY_BUFFER : given.frames(),
                given.truncated(),
                REPLAY + ordinal * STEP + (given.arm() == Arm.CANDIDATE ? 3_000 : 0),
                given.took() * 1_000,
                given.brokenOff());
    }

    /** The outcome. */
    public Outcome build() {
        long start = PRODUCTION + ordinal * STEP;
        return new Outcome(
                new ExchangeId(SessionIds.of(1, session), ordinal),
                ordinal + 1,
                "app",
                "alice",
                disposition,
                reason,
                flags,
                TransactionStatus.IDLE,
                TransactionStatus.IDLE,
                start,
                start + TOOK,
                0,
                false,
                known,
                request,
                recorded,
                omissions,
                answers.stream().map(this::sent).toList(),
                twins);
    }
}
