package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.LabServers;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.replay.safety.CopyMark;
import dev.understudy.replay.safety.DatabaseIdentity;
import dev.understudy.replay.safety.TargetMark;
import dev.understudy.trace.run.CopyStamp;
import java.sql.Connection;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CopyMarkIT {
    private static EmbeddedDatabase server;

    @BeforeAll
    static void aDatabaseAndACopy() throws Exception {
        server = LabServers.postgres();
        server.createDatabase("copymark");
        server.execute(
                "copymark",
                "CREATE TABLE t (id serial PRIMARY KEY, v numeric); INSERT INTO t (v) SELECT n FROM generate_series(1, 99) n");
    }

    private static Optional<CopyStamp> read(String database) throws Exception {
        try (Connection connection = server.connect(database)) {
            return CopyMark.read(connection, DatabaseIdentity.read(connection));
        }
    }

    @Test
    void copiesHaveEqualStampsAndChangedOnesHaveNot() throws Exception {
        server.copyDatabase("copymark", "copymark_same");
        server.copyDatabase("copymark", "copymark_other");
        server.execute("copymark_other", "UPDATE t SET v = 1.0 WHERE v = 1");
        CopyStamp original =
                CopyMark.take(server.connectionInfo("copymark"), false, 1).stamp();
        CopyStamp same =
                CopyMark.take(server.connectionInfo("copymark_same"), false, 2).stamp();
        CopyStamp other =
                CopyMark.take(server.connectionInfo("copymark_other"), false, 3).stamp();
        assertThat(original.rows()).isEqualTo(99);
        assertThat(original.isSameAs(same)).isTrue();
        assertThat(original.isSameAs(other)).isFalse();
        assertThat(original.catalog()).isEqualTo(other.catalog());
    }

    @Test
    void aStampStaysUntilItIsTakenAnewAndDoesNotTouchTheMark() throws Exception {
        server.copyDatabase("copymark", "copymark_kept");
        TargetMark.mark(server.connectionInfo("copymark_kept"), Optional.empty());
        assertThat(read("copymark_kept")).isEmpty();
        CopyMark first = CopyMark.take(server.connectionInfo("copymark_kept"), false, 1);
        assertThat(first.kept()).isFalse();
        server.execute("copymark_kept", "ALTER TABLE t ADD COLUMN w int; DELETE FROM t WHERE id = 1");

        CopyMark second = CopyMark.take(server.connectionInfo("copymark_kept"), false, 2);
        assertThat(second.kept()).isTrue();
        assertThat(second.stamp()).isEqualTo(first.stamp());
        assertThat(read("copymark_kept")).contains(first.stamp());

        CopyMark anew = CopyMark.take(server.connectionInfo("copymark_kept"), true, 3);
        assertThat(anew.kept()).isFalse();
        assertThat(anew.stamp().isSameAs(first.stamp())).isFalse();
        assertThat(anew.stamp().catalog()).isNotEqualTo(first.stamp().catalog());
        try (Connection connection = server.connect("copymark_kept")) {
            assertThat(TargetMark.read(connection)).isPresent();
        }
    }
}
