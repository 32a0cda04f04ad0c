package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.replay.recorder.RecordedClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Large objects whose number the client or the server chose; by the functions and by FunctionCall as libpq's lo_… send it. */
class LargeObjectsIT {
    private static final int LO_CREAT = 957;
    private static final int LO_CREATE = 715;
    private static final int LO_OPEN = 952;
    private static final int LO_CLOSE = 953;
    private static final int LO_READ = 954;
    private static final int LO_WRITE = 955;
    private static final int LO_LSEEK = 956;
    private static final int LO_UNLINK = 964;
    private static final int READ_WRITE = 0x60000;

    @Test
    void byServerSideFunctions() throws Exception {
        TwoArms arms = TwoArms.of("");
        try (RecordedClient client = arms.open()) {
            client.query("SELECT lo_create(424242)");
            client.query("SELECT lo_put(424242, 0, 'hello large world')");
            client.query("SELECT lo_get(424242), lo_get(424242, 6, 5)");
            client.query("BEGIN");
            client.query("SELECT lo_open(424242, x'60000'::int)");
            client.query("SELECT lo_lseek64(0, 6, 0), lowrite(0, 'WORLD'), lo_tell(0), lo_close(0)");
            client.query("COMMIT");
            client.run(
                    frames().extended("SELECT lo_get($1::oid)", "424242").sync().bytes());
            client.query("SELECT lo_from_bytea(424243, 'second')");
            client.query("SELECT loid, data FROM pg_largeobject WHERE loid IN (424242, 424243) ORDER BY 1");
            client.query("SELECT lo_unlink(424242), lo_unlink(424243)");
            client.query("SELECT lo_get(424242)");
        }

        arms.replaysExactly();
    }

    @Test
    void byFunctionCalls() throws Exception {
        TwoArms arms = TwoArms.of("");
        try (RecordedClient client = arms.open()) {
            client.query("BEGIN");
            client.run(frames().functionCall(LO_CREATE, number(434343)).bytes());
            client.run(frames().functionCall(LO_OPEN, number(434343), number(READ_WRITE))
                    .bytes());
            client.run(frames().functionCall(LO_WRITE, number(0), text("by fast path"))
                    .bytes());
            client.run(frames().functionCall(LO_LSEEK, number(0), number(3), number(0))
                    .bytes());
            client.run(frames().functionCall(LO_READ, number(0), number(100)).bytes());
            client.run(frames().functionCall(LO_CLOSE, number(0)).bytes());
            client.run(frames().functionCall(LO_CLOSE, number(0)).bytes());
            client.query("ROLLBACK");
            client.run(frames().functionCall(LO_CREATE, number(434343)).bytes());
            client.run(frames().functionCall(LO_UNLINK, number(434343)).bytes());
            client.run(frames().functionCall(LO_UNLINK, number(434343)).bytes());
            client.query("SELECT count(*) FROM pg_largeobject_metadata WHERE oid = 434343");
        }

        arms.replaysExactly();
    }

    /** Whatever number the server chose, the arms' objects have it too, so that every use means the same one. */
    @Test
    void thatTheServerNumbered() throws Exception {
        TwoArms arms = TwoArms.of("CREATE TABLE docs(name text, content oid)");
        try (RecordedClient client = arms.open()) {
            client.query("BEGIN");
            int first = chosen(client.run(
                    frames().functionCall(LO_CREAT, number(READ_WRITE)).bytes()));
            client.run(frames().functionCall(LO_OPEN, number(first), number(READ_WRITE))
                    .bytes());
            client.run(frames().functionCall(LO_WRITE, number(0), text("by fast path"))
                    .bytes());
            client.query("INSERT INTO docs VALUES ('first', " + first + ")");
            client.query("COMMIT");
            client.query("SELECT lo_get(content) FROM docs");
            String second = told(client.query("SELECT lo_creat(-1)"));
            client.query("SELECT lo_put(" + second + ", 0, 'second'), lo_get(" + second + ")");
            String third = told(client.query("select pg_catalog.lo_create( 0 ) AS made;"));
            client.run(
                    frames().extended("SELECT lo_unlink($1::oid)", third).sync().bytes());
            String fourth = told(client.run(frames().extended("SELECT lo_from_bytea(0, $1)", "\\x6162")
                    .sync()
                    .bytes()));
            client.query("SELECT lo_get(" + fourth + ")");
            client.query("SELECT count(*) FROM pg_largeobject_metadata");
        }

        arms.replaysExactly();
    }

    private static int chosen(ByteBuf answer) {
        FrameCursor frame = new FrameCursor(answer);
        frame.next();
        return frame.body().getInt(4);
    }

    private static String told(ByteBuf answer) {
        for (FrameCursor frame = new FrameCursor(answer); frame.next(); ) {
            if (frame.type() == BackendType.DATA_ROW) {
                return frame.body().toString(6, frame.bodyLength() - 6, StandardCharsets.US_ASCII);
            }
        }
        throw new IllegalStateException("no row");
    }

    private static ByteBuf number(int value) {
        return Unpooled.copyInt(value);
    }

    private static ByteBuf text(String value) {
        return Unpooled.copiedBuffer(value, StandardCharsets.UTF_8);
    }
}
