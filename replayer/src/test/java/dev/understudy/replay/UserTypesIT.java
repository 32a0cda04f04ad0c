package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replay.recorder.RecordedClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arms on which every user-defined type has another OID than in production, as a dump and restore leaves them. */
class UserTypesIT {
    private static final String SCHEMA = "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');"
            + "CREATE TYPE pair AS (a int, m mood);"
            + "CREATE TYPE span AS RANGE (subtype = pair);"
            + "CREATE DOMAIN moods AS mood[] CHECK (cardinality(VALUE) < 5);"
            + "CREATE TABLE t(id int PRIMARY KEY, m mood, ms mood[], p pair, ps pair[], d moods);"
            + "CREATE FUNCTION twice(i int) RETURNS int LANGUAGE sql AS 'SELECT i * 2'";
    private static final String PADDING = "CREATE TYPE padding AS ENUM ('x'); CREATE TABLE padding_t(v padding[])";

    private TwoArms arms;

    @BeforeEach
    void rebuild() throws Exception {
        arms = TwoArms.rebuilt(SCHEMA, PADDING);
    }

    private int oid(String expression) throws Exception {
        return (int) LabServersQuery.number(arms.rehearsed.production, "SELECT (" + expression + ")::oid::int8");
    }

    @Test
    void typesThatTheClientDeclares() throws Exception {
        int mood = oid("'mood'::regtype");
        int moods = oid("'mood[]'::regtype");
        try (RecordedClient client = arms.open()) {
            client.run(frames().parse("s", "INSERT INTO t(id, m, ms) VALUES ($1, $2, $3)", 23, mood, moods)
                    .bind("s", "1", "happy", "{sad,ok}")
                    .execute()
                    .sync()
                    .bytes());
            client.run(frames().bind("s", "2", "ok", "{}").execute().sync().bytes());
            client.run(frames().parse("", "SELECT m::text, $1::text FROM t WHERE m = $1 OR $1 = ANY(ms)", mood)
                    .bind("", "ok")
                    .execute()
                    .sync()
                    .bytes());
            client.run(frames().parse("q", "SELECT id FROM t WHERE m = $1", mood)
                    .describeStatement("q")
                    .sync()
                    .bytes());
            client.run(frames().bind("q", "happy").execute().sync().bytes());
            client.query("SELECT id, m, ms FROM t ORDER BY id");
        }

        var results = arms.replaysExactly();

        assertThat(results.get(Order.CAUSAL).end().warnings().get("rewritten-oids"))
                .startsWith("6 requests");
    }

    @Test
    void oidsInsideBinaryValues() throws Exception {
        int mood = oid("'mood'::regtype");
        int pair = oid("'pair'::regtype");
        try (RecordedClient client = arms.open()) {
            // as drivers do it: the server tells the types, the client sends them in binary
            client.run(frames().parse(
                            "s",
                            "SELECT $1::mood[]::text, $2::pair::text, $3::pair[]::text, $4::moods::text, $5::span::text")
                    .describeStatement("s")
                    .sync()
                    .bytes());
            ByteBuf moods = array(mood, text("sad"), text("happy"));
            ByteBuf first = record(Map.entry(23, Unpooled.copyInt(7)), Map.entry(mood, text("ok")));
            client.run(frames().bindBytes("s", moods, first, array(pair, first, first), moods, range(first, first))
                    .execute()
                    .sync()
                    .bytes());
            client.run(frames().parse(
                            "i",
                            "INSERT INTO t(id, ms, p, ps) VALUES (1, $1, $2, $3)",
                            oid("'mood[]'::regtype"),
                            pair,
                            oid("'pair[]'::regtype"))
                    .bindBytes("i", moods, first, array(pair, first))
                    .execute()
                    .sync()
                    .bytes());
            client.query("SELECT * FROM t");
        }

        arms.replaysExactly();
    }

    /** As drivers do it that meet a type which they do not know. */
    @Test
    void typesThatTheClientAsksAbout() throws Exception {
        int mood = oid("'mood'::regtype");
        int table = oid("'t'::regclass");
        try (RecordedClient client = arms.open()) {
            client.run(frames().parse(
                            "types", "SELECT typname FROM pg_catalog.pg_type WHERE oid = ANY($1::oid[]) ORDER BY 1")
                    .describeStatement("types")
                    .sync()
                    .bytes());
            ByteBuf both = Unpooled.buffer()
                    .writeInt(1)
                    .writeInt(0)
                    .writeInt(26)
                    .writeInt(2)
                    .writeInt(1);
            both.writeInt(4).writeInt(mood).writeInt(4).writeInt(23);
            client.run(frames().bindBytes("types", both).execute().sync().bytes());
            client.run(
                    frames().parse("", "SELECT enumlabel FROM pg_enum WHERE enumtypid = $1 ORDER BY enumsortorder", 26)
                            .bind("", Integer.toString(mood))
                            .execute()
                            .sync()
                            .bytes());
            client.run(frames().parse(
                            "",
                            "SELECT $1::text, $2::text, (SELECT relname FROM pg_class WHERE oid = $3)",
                            2206,
                            2205,
                            26)
                    .bindBytes("", Unpooled.copyInt(mood), Unpooled.copyInt(table), Unpooled.copyInt(table))
                    .execute()
                    .sync()
                    .bytes());
        }

        arms.replaysExactly();
    }

    @Test
    void functionsThatAreCalledByNumber() throws Exception {
        int twice = oid("'twice(int)'::regprocedure");
        try (RecordedClient client = arms.open()) {
            client.run(frames().functionCall(twice, Unpooled.copyInt(21)).bytes());
            client.query("SELECT 1");
        }

        arms.replaysExactly();
    }

    private static ByteBuf text(String value) {
        return Unpooled.copiedBuffer(value, StandardCharsets.UTF_8);
    }

    private static ByteBuf array(int element, ByteBuf... members) {
        ByteBuf out = Unpooled.buffer()
                .writeInt(1)
                .writeInt(0)
                .writeInt(element)
                .writeInt(members.length)
                .writeInt(1);
        for (ByteBuf member : members) {
            member(out, member);
        }
        return out;
    }

    @SafeVarargs
    private static ByteBuf record(Map.Entry<Integer, ByteBuf>... fields) {
        ByteBuf out = Unpooled.buffer().writeInt(fields.length);
        for (var field : fields) {
            member(out.writeInt(field.getKey()), field.getValue());
        }
        return out;
    }

    private static ByteBuf range(ByteBuf lower, ByteBuf upper) {
        int inclusive = 0x02 | 0x04;
        return member(member(Unpooled.buffer().writeByte(inclusive), lower), upper);
    }

    private static ByteBuf member(ByteBuf out, ByteBuf value) {
        return out.writeInt(value.readableBytes()).writeBytes(value, value.readerIndex(), value.readableBytes());
    }
}
