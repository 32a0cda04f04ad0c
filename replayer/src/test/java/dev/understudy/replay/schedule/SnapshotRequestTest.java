package dev.understudy.replay.schedule;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.trace.entry.SessionSnapshot;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotRequestTest {
    private static final ByteBuf PARSE = frames().parse("s", "SELECT 1").bytes();

    @Test
    void aFreshSessionIsBroughtToItsStateThenItsStatementsArePrepared() {
        ByteBuf request = SnapshotRequest.of(
                snapshot(TransactionStatus.IDLE, Map.of("s", PARSE), Frames.simple("SET a TO b")), true);

        assertThat(request)
                .isEqualTo(frames().query("SET a TO b")
                        .parse("s", "SELECT 1")
                        .sync()
                        .bytes());
    }

    @Test
    void aKnownSessionGetsItsStatementsAnewAndItsTransactionEnded() {
        ByteBuf request = SnapshotRequest.of(
                snapshot(TransactionStatus.IDLE, Map.of("s", PARSE), Frames.simple("SET a TO b")), false);

        assertThat(request)
                .isEqualTo(frames().query("COMMIT")
                        .closeStatement("s")
                        .parse("s", "SELECT 1")
                        .sync()
                        .bytes());
    }

    @Test
    void anOpenTransactionIsBegun() {
        assertThat(SnapshotRequest.of(snapshot(TransactionStatus.IN_TRANSACTION, Map.of()), true))
                .isEqualTo(Frames.simple("BEGIN"));
        assertThat(SnapshotRequest.of(snapshot(TransactionStatus.IN_TRANSACTION, Map.of()), false))
                .as("and not committed before")
                .isEqualTo(Frames.simple("BEGIN"));
    }

    @Test
    void whereThereIsNothingToBringNothingIsSent() {
        assertThat(SnapshotRequest.of(snapshot(TransactionStatus.IDLE, Map.of()), true)
                        .isReadable())
                .isFalse();
    }

    @Test
    void aSessionMetInItsMiddleBeginsWithWhatItsServerReported() {
        Map<String, String> reported = new LinkedHashMap<>();
        reported.put("application_name", "web");
        reported.put("TimeZone", "UTC");
        reported.put("server_version", "15.2");
        SessionSnapshot snapshot =
                new SessionSnapshot(5, 9, 1, false, TransactionStatus.IDLE, reported, Map.of(), List.of());

        SessionInfo info = SessionInfo.of(3, "shop", snapshot);

        assertThat(info.session()).isEqualTo(9);
        assertThat(info.partition()).isEqualTo(3);
        assertThat(info.user()).isEqualTo("shop");
        assertThat(info.application()).isEqualTo("web");
        assertThat(info.startup()).containsOnly(Map.entry("application_name", "web"), Map.entry("TimeZone", "UTC"));
        assertThat(info.snapshot()).isSameAs(snapshot);
        assertThat(Works.session(1).application()).isEmpty();
    }

    private static SessionSnapshot snapshot(
            TransactionStatus status, Map<String, ByteBuf> statements, ByteBuf... state) {
        return new SessionSnapshot(5, 1, 1, false, status, Map.of(), statements, List.of(state));
    }
}
