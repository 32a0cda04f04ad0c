package dev.understudy.replay.oid;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
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
                        type(SPAN + shift, "public", "span", 'r', 0, PAIR + shift)))
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
