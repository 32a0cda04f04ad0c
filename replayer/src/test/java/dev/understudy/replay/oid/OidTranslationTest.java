package dev.understudy.replay.oid;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.replay.recorder.Exchanges;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OidTranslationTest {
    private static final int MOOD = 20_000;
    private static final int MOODS = 20_001;
    private static final int MOODS_DOMAIN = 20_002;
    private static final int PAIR = 20_003;
    private static final int SPAN = 20_004;
    private static final int SPANS = 20_005;
    private static final int PLAIN_SPAN = 20_006;
    private static final int TABLE = 20_007;
    private static final int FUNCTION = 20_008;
    private static final int SHIFT = 500;

    private int rewritten;

    private final TypeStructures types = new TypeStructures(catalog(0, "_mood"));

    private static Catalog catalog(int shift, String array) {
        return new CatalogBuilder("db")
                .types(List.of(
                        type(23, "pg_catalog", "int4", 'b', 0, 0),
                        type(1007, "pg_catalog", "_int4", 'b', 23, 0),
                        type(MOOD + shift, "public", "mood", 'e', 0, 0),
                        type(MOODS + shift, "public", array, 'b', MOOD + shift, 0),
                        type(MOODS_DOMAIN + shift, "public", "moods", 'd', 0, MOODS + shift),
                        type(PAIR + shift, "public", "pair", 'c', 0, 0),
                        type(SPAN + shift, "public", "span", 'r', 0, PAIR + shift),
                        type(SPANS + shift, "public", "spans", 'm', 0, SPAN + shift),
                        type(PLAIN_SPAN + shift, "public", "plain_span", 'r', 0, 23)))
                .relations(List.of(new Catalog.Relation(
                        TABLE + shift,
                        "public",
                        "t",
                        'r',
                        'p',
                        "postgres",
                        false,
                        false,
                        null,
                        null,
                        false,
                        List.of(),
                        null,
                        null,
                        List.of(),
                        List.of())))
                .functions(List.of(new Catalog.Function(
                        FUNCTION + shift,
                        "public",
                        "f",
                        "i integer",
                        "integer",
                        'f',
                        'v',
                        'u',
                        false,
                        false,
                        "sql",
                        "postgres",
                        null,
                        "")))
                .build();
    }

    private static Catalog.Type type(int oid, String schema, String name, char kind, int element, int base) {
        return new Catalog.Type(oid, schema, name, kind, element, base, 0, List.of(), null);
    }

    @Test
    void arraysAreFoundByTheirElementsSinceTheirOwnNamesGiveWay() {
        OidMap map = OidMap.of(catalog(0, "_mood"), catalog(500, "__mood"));

        assertThat(map.type(MOODS)).isEqualTo(MOODS + 500);
        assertThat(map.type(23)).isEqualTo(23);
        assertThat(map.type(30_000)).as("unknown there").isEqualTo(30_000);
        assertThat(OidMap.of(catalog(0, "_mood"), catalog(0, "_mood")).isIdentity())
                .isTrue();
    }

    @Test
    void onlyWhatHoldsUserDefinedTypesCarriesOids() {
        assertThat(types.carriesOids(MOODS)).isTrue();
        assertThat(types.carriesOids(MOODS_DOMAIN)).isTrue();
        assertThat(types.carriesOids(PAIR)).isTrue();
        assertThat(types.carriesOids(SPAN)).isTrue();
        assertThat(types.carriesOids(MOOD)).isFalse();
        assertThat(types.carriesOids(1007)).isFalse();
    }

    /** What a client would have sent to the arm is what the arm is sent. */
    @Test
    void everyOidOfARequestIsTheArms() {
        assertThat(oids().translated(everything(0), Unpooled.EMPTY_BUFFER)).isEqualTo(everything(SHIFT));
    }

    /** As the trace has it: a view somewhere in a chunk. */
    @Test
    void aViewIsTranslatedWhereverItLies() {
        ByteBuf chunk =
                Unpooled.buffer().writeZero(1_000).writeBytes(everything(0)).writeZero(9);
        ByteBuf view = chunk.slice(0, chunk.readableBytes() - 9).skipBytes(1_000);

        assertThat(oids().translated(view, Unpooled.EMPTY_BUFFER)).isEqualTo(everything(SHIFT));
    }

    /** Whole frames whose bodies end too early: the server refuses them, and nothing here reads beyond their end. */
    @Test
    void bodiesThatEndTooEarlyAreReadNoFurther() {
        for (FrameCursor frame = new FrameCursor(everything(0)); frame.next(); ) {
            for (int length = 0; length < frame.bodyLength(); length++) {
                ByteBuf cut = frames().parse("s", "SELECT $1", MOODS, PAIR, SPAN, SPANS, 23, MOODS_DOMAIN, PLAIN_SPAN)
                        .bytes();
                int parsed = cut.readableBytes();
                cut.writeByte(frame.type()).writeInt(4 + length).writeBytes(frame.body(), 0, length);

                ByteBuf translated = oids().translated(cut, Unpooled.EMPTY_BUFFER);

                assertThat(translated.readableBytes()).isEqualTo(parsed + 5 + length);
            }
        }
    }

    @Test
    void eachArmHasItsOwnNumbersAndASessionItsOwnStatements() {
        OidTranslation translation = new OidTranslation(
                catalog(0, "_mood"), List.of(catalog(0, "_mood"), catalog(SHIFT, "_mood")), () -> rewritten++);
        ByteBuf parse = frames().parse("s", "SELECT $1", MOODS).sync().bytes();
        ByteBuf bind = frames().bindBytes("s", array(MOOD, text("ok"))).sync().bytes();

        assertThat(translation.forArm(run(parse), 0, parse)).isSameAs(parse);
        assertThat(translation.ofState(Exchanges.session("app"), 1, parse)).isNotEqualTo(parse);
        assertThat(translation.forArm(run(bind), 1, bind))
                .isEqualTo(frames().bindBytes("s", array(MOOD + SHIFT, text("ok")))
                        .sync()
                        .bytes());
        assertThat(rewritten).isEqualTo(2);

        translation.sessionOver(1);

        assertThat(translation.forArm(run(bind), 1, bind)).isSameAs(bind);
    }

    private static Work.Run run(ByteBuf request) {
        return Exchanges.run("app", request, Unpooled.EMPTY_BUFFER, null, Treatment.SEND);
    }

    @Test
    void typesThatTheServerChoseAreKnownFromItsDescriptions() {
        ByteBuf answer = Unpooled.buffer();
        described(answer, 23);
        answer.writeByte('n').writeInt(4);
        described(answer, MOODS);
        ArmOids oids = oids();

        ByteBuf described = oids.translated(
                frames().parse("plain", "SELECT $1")
                        .describeStatement("plain")
                        .parse("s", "SELECT $1")
                        .describeStatement("s")
                        .sync()
                        .bytes(),
                answer);
        ByteBuf bound = oids.translated(
                frames().bindBytes("s", array(MOOD, text("ok"))).sync().bytes(), Unpooled.EMPTY_BUFFER);
        ByteBuf plain = oids.translated(
                frames().bindBytes("plain", array(MOOD, text("ok"))).sync().bytes(), Unpooled.EMPTY_BUFFER);

        assertThat(described).as("no type was declared").isNull();
        assertThat(bound)
                .isEqualTo(frames().bindBytes("s", array(MOOD + SHIFT, text("ok")))
                        .sync()
                        .bytes());
        assertThat(plain).isNull();
    }

    private static void described(ByteBuf answer, int type) {
        answer.writeByte('t').writeInt(10).writeShort(1).writeInt(type);
    }

    private static ByteBuf everything(int shift) {
        ByteBuf pair = record(shift, text("ok"));
        ByteBuf span = range(pair, pair);
        ByteBuf spans = Unpooled.buffer().writeInt(2);
        member(member(spans, span), range(pair, null));
        return frames().parse(
                        "s",
                        "SELECT $1, $2",
                        MOODS + shift,
                        PAIR + shift,
                        SPAN + shift,
                        SPANS + shift,
                        23,
                        MOODS_DOMAIN + shift,
                        PLAIN_SPAN + shift)
                .bindBytes(
                        "s",
                        array(MOOD + shift, text("sad"), null, text("ok")),
                        pair,
                        span,
                        spans,
                        Unpooled.copyInt(MOOD),
                        array(MOOD + shift),
                        range(Unpooled.copyInt(MOOD), Unpooled.copyInt(MOOD)))
                .execute()
                .bindBytes(
                        "s",
                        array(PAIR + shift, pair, pair),
                        record(shift, null),
                        Unpooled.buffer().writeByte(1),
                        Unpooled.buffer().writeInt(0))
                .execute()
                .parse(
                        "",
                        "SELECT relname FROM pg_class WHERE oid = ANY($1) OR oid = $2",
                        1028,
                        26,
                        2205,
                        24,
                        2202,
                        2206)
                .bindBytes(
                        "",
                        array(
                                26,
                                Unpooled.copyInt(TABLE + shift),
                                Unpooled.copyInt(23),
                                Unpooled.copyInt(MOOD + shift)),
                        Unpooled.copyInt(FUNCTION + shift),
                        Unpooled.copyInt(TABLE + shift),
                        Unpooled.copyInt(FUNCTION + shift),
                        Unpooled.copyInt(FUNCTION + shift),
                        Unpooled.copyInt(MOOD + shift))
                .functionCall(FUNCTION + shift, Unpooled.copyInt(MOOD))
                .sync()
                .bytes();
    }

    private static ByteBuf text(String value) {
        return Unpooled.copiedBuffer(value, StandardCharsets.UTF_8);
    }

    private static ByteBuf array(int element, ByteBuf... members) {
        ByteBuf out = Unpooled.buffer()
                .writeInt(members.length == 0 ? 0 : 1)
                .writeInt(0)
                .writeInt(element);
        if (members.length > 0) {
            out.writeInt(members.length).writeInt(1);
        }
        for (ByteBuf member : members) {
            member(out, member);
        }
        return out;
    }

    private static ByteBuf record(int shift, ByteBuf mood) {
        ByteBuf out = Unpooled.buffer().writeInt(2);
        member(out.writeInt(23), Unpooled.copyInt(MOOD));
        return member(out.writeInt(MOOD + shift), mood);
    }

    private static ByteBuf range(ByteBuf lower, ByteBuf upper) {
        ByteBuf out = member(Unpooled.buffer().writeByte(upper == null ? 0x12 : 0x02), lower);
        return upper == null ? out : member(out, upper);
    }

    private static ByteBuf member(ByteBuf out, ByteBuf value) {
        return value == null
                ? out.writeInt(-1)
                : out.writeInt(value.readableBytes()).writeBytes(value, value.readerIndex(), value.readableBytes());
    }

    @Test
    void whatHasNoUserDefinedOidIsTheSameBuffer() {
        ByteBuf request = frames().parse("s", "SELECT $1", 23, 1007)
                .bindBytes("s", Unpooled.copyInt(MOOD))
                .execute()
                .sync()
                .bytes();

        assertThat(oids().translated(request, Unpooled.EMPTY_BUFFER)).isNull();
    }

    @Test
    void declaredTypesArePutAsTheArmHasThem() {
        ByteBuf request = frames().parse("", "SELECT 1", 23, MOOD, MOODS).sync().bytes();
        byte[] before = ByteBufUtil.getBytes(request);

        ByteBuf translated = oids().translated(request, Unpooled.EMPTY_BUFFER);

        assertThat(((FrontendMessage.Parse) first(translated)).types()).containsExactly(23, MOOD + 500, MOODS + 500);
        assertThat(ByteBufUtil.getBytes(request))
                .as("the recorded request stays")
                .isEqualTo(before);
    }

    @Test
    void aViewInsideALargerBufferIsTranslatedInItsOwnPlace() {
        ByteBuf padded = Unpooled.buffer().writeZero(13);
        padded.writeBytes(frames().parse("", "SELECT 1", MOOD).sync().bytes());
        padded.skipBytes(13);

        ByteBuf translated = oids().translated(padded, Unpooled.EMPTY_BUFFER);

        assertThat(((FrontendMessage.Parse) first(translated)).types()).containsExactly(MOOD + 500);
    }

    @Test
    void valuesThatAreCutShortOrLieAboutTheirLengthsAreLeftAsTheyAreFromThere() {
        byte[] array = ByteBufUtil.getBytes(Unpooled.buffer()
                .writeInt(1)
                .writeInt(0)
                .writeInt(PAIR)
                .writeInt(1)
                .writeInt(1)
                .writeInt(12)
                .writeInt(1)
                .writeInt(MOOD)
                .writeInt(-1));
        for (int length = 0; length <= array.length; length++) {
            for (int lie : new int[] {Integer.MAX_VALUE, -2, 5}) {
                ByteBuf value = Unpooled.copiedBuffer(array, 0, length);
                if (length >= 24) {
                    value.setInt(20, lie);
                }
                ByteBuf request = frames().parse("s", "SELECT $1", MOODS)
                        .bindBytes("s", value)
                        .sync()
                        .bytes();

                ByteBuf translated = oids().translated(request, Unpooled.EMPTY_BUFFER);

                assertThat(translated.readableBytes()).isEqualTo(request.readableBytes());
            }
        }
    }

    @Test
    void aStatementThatIsMadeAnewForgetsItsOldTypes() {
        ArmOids oids = oids();
        oids.translated(frames().parse("s", "SELECT $1", MOODS).sync().bytes(), Unpooled.EMPTY_BUFFER);
        oids.translated(frames().parse("s", "SELECT $1", 17).sync().bytes(), Unpooled.EMPTY_BUFFER);
        ByteBuf looksLikeAnArray = Unpooled.buffer().writeInt(0).writeInt(0).writeInt(MOOD);
        ByteBuf request =
                frames().bindBytes("s", looksLikeAnArray).execute().sync().bytes();

        assertThat(oids.translated(request, Unpooled.EMPTY_BUFFER)).isNull();
    }

    @Test
    void anOidMeansACatalogsThingOnlyWhereTheStatementReadsOne() {
        ByteBuf value = Unpooled.copyInt(MOOD);
        ByteBuf largeObject = frames().parse("", "SELECT lo_get($1)", 26)
                .bindBytes("", value)
                .sync()
                .bytes();
        ByteBuf type = frames().parse("", "SELECT typname FROM pg_type WHERE oid = $1", 26)
                .bindBytes("", value)
                .sync()
                .bytes();

        assertThat(oids().translated(largeObject, Unpooled.EMPTY_BUFFER)).isNull();
        assertThat(oids().translated(type, Unpooled.EMPTY_BUFFER)).isNotNull();
    }

    @Test
    void anOidInDigitsKeepsItsLength() {
        ByteBuf request =
                frames().parse("", "SELECT $1", 2206).bind("", "0020000").sync().bytes();
        ByteBuf name =
                frames().parse("", "SELECT $1", 2206).bind("", "mood").sync().bytes();

        ByteBuf translated = oids().translated(request, Unpooled.EMPTY_BUFFER);

        assertThat(translated.toString(StandardCharsets.ISO_8859_1)).contains("0020500");
        assertThat(oids().translated(name, Unpooled.EMPTY_BUFFER)).isNull();
    }

    private ArmOids oids() {
        return new ArmOids(OidMap.of(catalog(0, "_mood"), catalog(500, "_mood")), types);
    }

    private static FrontendMessage first(ByteBuf request) {
        FrameCursor frame = new FrameCursor(request);
        frame.next();
        return FrontendMessage.decode(frame.type(), frame.body());
    }
}
