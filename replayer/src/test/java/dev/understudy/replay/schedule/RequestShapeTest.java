package dev.understudy.replay.schedule;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.schedule.RequestShape.Kind;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class RequestShapeTest {
    @Test
    void aCopyThatTheClientFailsIsToldFromOneThatItEnds() {
        RequestShape failed = RequestShape.of(frames().query("COPY t FROM STDIN")
                .copyData("1\n")
                .copyFail("enough")
                .bytes());
        RequestShape ended = RequestShape.of(
                frames().query("COPY t FROM STDIN").copyData("1\n").copyDone().bytes());

        assertThat(failed.failsCopy()).isTrue();
        assertThat(ended.failsCopy()).isFalse();
        assertThat(failed.kind()).isEqualTo(Kind.ANSWERABLE);
        assertThat(ended.kind()).isEqualTo(Kind.ANSWERABLE);
        assertThat(RequestShape.of(frames().query("COPY t FROM STDIN")
                                .copyData("1\n")
                                .bytes())
                        .kind())
                .as("the server waits for more")
                .isEqualTo(Kind.OPEN);
    }

    @Test
    void oneFailedCopyOfTwoFails() {
        RequestShape shape = RequestShape.of(frames().query("COPY t FROM STDIN")
                .copyFail("enough")
                .query("COPY t FROM STDIN")
                .copyDone()
                .bytes());

        assertThat(shape.failsCopy()).isTrue();
        assertThat(shape.copies()).isEqualTo(2);
        assertThat(shape.makers()).isEqualTo(2);
    }

    @Test
    void aCallOfAFunctionIsAnsweredWithoutASyncButIsNoQuery() {
        RequestShape shape = RequestShape.of(frames().functionCall(1).bytes());

        assertThat(shape.kind()).isEqualTo(Kind.ANSWERABLE);
        assertThat(shape.makers()).isEqualTo(1);
        assertThat(shape.lastStarterIsQuery()).isFalse();
    }

    @Test
    void aFlushChangesNothing() {
        RequestShape shape = RequestShape.of(frames().parse("", "COPY t FROM STDIN")
                .bind("")
                .execute()
                .sync()
                .flush()
                .copyData("1\n")
                .copyDone()
                .sync()
                .bytes());

        assertThat(shape.swallowedBy(0)).isEqualTo(1);
        assertThat(RequestShape.of(frames().parse("", "SELECT 1").flush().bytes())
                        .kind())
                .isEqualTo(Kind.OPEN);
    }

    @Test
    void aQueryIsAnsweredOnce() {
        RequestShape shape = RequestShape.of(Frames.simple("SELECT 1"));

        assertThat(shape.kind()).isEqualTo(Kind.ANSWERABLE);
        assertThat(shape.makers()).isEqualTo(1);
        assertThat(shape.copies()).isZero();
        assertThat(shape.lastStarterIsQuery()).isTrue();
    }

    @Test
    void extendedMessagesAreAnsweredAtTheirSync() {
        RequestShape shape = RequestShape.of(
                frames().parse("", "SELECT 1").bind("").execute().sync().bytes());

        assertThat(shape.kind()).isEqualTo(Kind.ANSWERABLE);
        assertThat(shape.makers()).isEqualTo(1);
        assertThat(shape.lastStarterIsQuery()).isFalse();
    }

    @Test
    void aSyncBeforeCopyDataIsSwallowedIfTheServerCopies() {
        RequestShape shape = RequestShape.of(frames().parse("", "COPY t FROM STDIN")
                .bind("")
                .execute()
                .sync()
                .copyData("1\n")
                .copyDone()
                .sync()
                .bytes());

        assertThat(shape.makers()).isEqualTo(2);
        assertThat(shape.copies()).isEqualTo(1);
        assertThat(shape.swallowedBy(0)).isEqualTo(1);
        assertThat(shape.swallowedBy(1)).isZero();
    }

    @Test
    void aSyncOfAnEarlierStatementIsNotSwallowed() {
        RequestShape shape = RequestShape.of(frames().parse("", "SELECT 1")
                .sync()
                .parse("", "COPY t FROM STDIN")
                .bind("")
                .execute()
                .copyData("1\n")
                .sync()
                .copyData("2\n")
                .copyDone()
                .sync()
                .bytes());

        assertThat(shape.makers()).isEqualTo(3);
        assertThat(shape.swallowedBy(0)).isEqualTo(1);
    }

    @Test
    void theCopiesOfASimpleQueryNeedNoSync() {
        RequestShape shape = RequestShape.of(
                frames().query("COPY t FROM STDIN").copyData("1\n").copyDone().bytes());

        assertThat(shape.kind()).isEqualTo(Kind.ANSWERABLE);
        assertThat(shape.makers()).isEqualTo(1);
        assertThat(shape.swallowedBy(0)).isZero();
    }

    @Test
    void whatTheServerWouldWaitBehindIsOpen() {
        assertThat(RequestShape.of(frames().parse("", "SELECT 1").flush().bytes())
                        .kind())
                .isEqualTo(Kind.OPEN);
        assertThat(RequestShape.of(frames().query("COPY t FROM STDIN")
                                .copyData("1\n")
                                .bytes())
                        .kind())
                .isEqualTo(Kind.OPEN);
        assertThat(RequestShape.of(frames().bytes()).kind()).isEqualTo(Kind.OPEN);
    }

    @Test
    void everyCutInsideAFrameIsSeen() {
        ByteBuf whole = Frames.simple("SELECT 1");
        for (int length = 1; length < whole.readableBytes(); length++) {
            assertThat(RequestShape.of(whole.slice(0, length)).kind()).isEqualTo(Kind.CUT_OFF);
        }
    }
}
