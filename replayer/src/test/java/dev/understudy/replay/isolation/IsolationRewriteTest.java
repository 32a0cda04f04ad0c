package dev.understudy.replay.isolation;

import static dev.understudy.replay.generated.Answers.answer;
import static dev.understudy.replay.recorder.Frames.simple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replay.recorder.Exchanges;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class IsolationRewriteTest {
    private int rewritten;
    private final IsolationRewrite rewrite = new IsolationRewrite(() -> rewritten++);

    @Test
    void whatIsRewrittenIsCountedForEachArm() {
        ByteBuf begin = simple("BEGIN ISOLATION LEVEL SERIALIZABLE");
        ByteBuf expected = simple("BEGIN ISOLATION LEVEL REPEATABLE READ");
        Work.Run run =
                run("BEGIN ISOLATION LEVEL SERIALIZABLE", answer().done("BEGIN").ready());

        assertThat(rewrite.forArm(run, 0, begin)).isEqualTo(expected);
        assertThat(rewrite.forArm(run, 1, begin)).isEqualTo(expected);
        assertThat(rewrite.ofState(run.session(), 0, begin)).isEqualTo(expected);
        assertThat(rewritten).isEqualTo(3);
    }

    @Test
    void whatAsksForNoLevelStaysTheSameBuffer() {
        ByteBuf begin = simple("BEGIN");

        assertThat(rewrite.forArm(run("BEGIN", answer().done("BEGIN").ready()), 0, begin))
                .isSameAs(begin);
        assertThat(rewritten).isZero();
    }

    @Test
    void whatIsShownIsProductionsLevel() {
        ByteBuf recorded =
                answer().columns(0, 0, 25, 0).row("serializable").done("SHOW").ready();
        ByteBuf shown = answer().columns(0, 0, 25, 0)
                .row("repeatable read")
                .done("SHOW")
                .ready();

        assertThat(rewrite.read(run("SHOW transaction_isolation", recorded), 0, shown))
                .isEqualTo(recorded);
        assertThat(rewrite.read(run("SELECT current_setting('TRANSACTION_ISOLATION')", recorded), 0, shown))
                .isEqualTo(recorded);
    }

    @Test
    void onlyTheLevelIsPutAndOnlyWhereProductionHadIt() {
        ByteBuf recorded = answer().columns(0, 0, 25, 0, 0, 0, 25, 0)
                .row("serializable", "a")
                .row("repeatable read", "serializable")
                .row("serializable", "c")
                .done("SELECT 3")
                .ready();
        ByteBuf shown = answer().columns(0, 0, 25, 0, 0, 0, 25, 0)
                .row("repeatable read", "other")
                .row("read committed", "repeatable read")
                .row("repeatable reads", "c")
                .row("repeatable read", "d")
                .done("SELECT 4")
                .ready();

        assertThat(rewrite.read(run("SELECT * FROM pg_settings", recorded), 0, shown))
                .isEqualTo(answer().columns(0, 0, 25, 0, 0, 0, 25, 0)
                        .row("serializable", "other")
                        .row("read committed", "serializable")
                        .row("repeatable reads", "c")
                        .row("repeatable read", "d")
                        .done("SELECT 4")
                        .ready());
    }

    @Test
    void whatShowsNoSettingMeansWhatItSays() {
        ByteBuf recorded = answer().columns(0, 0, 25, 0)
                .row("serializable")
                .done("SELECT 1")
                .ready();
        ByteBuf shown = answer().columns(0, 0, 25, 0)
                .row("repeatable read")
                .done("SELECT 1")
                .ready();

        assertThat(rewrite.read(run("SELECT mode FROM modes", recorded), 0, shown))
                .isNull();
    }

    @Test
    void anAnswerThatShowsNoLevelMeansWhatItSays() {
        ByteBuf recorded = answer().columns(0, 0, 25, 0)
                .row("serializable")
                .done("SELECT 1")
                .ready();
        ByteBuf failed = answer().error().ready();
        ByteBuf wider = answer().columns(0, 0, 25, 0, 0, 0, 25, 0)
                .row("repeatable read", "x")
                .done("SELECT 1")
                .ready();
        Work.Run run = run("SELECT current_setting('transaction_isolation')", recorded);

        assertThat(rewrite.read(run, 0, failed)).isNull();
        assertThat(rewrite.read(run, 0, wider)).isNull();
    }

    private static Work.Run run(String sql, ByteBuf recorded) {
        return Exchanges.run("app", simple(sql), recorded, null, Treatment.SEND);
    }
}
