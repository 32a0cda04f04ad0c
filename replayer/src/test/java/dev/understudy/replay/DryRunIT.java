package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lab.LabServers;
import dev.understudy.replay.dryrun.DryRunReport;
import dev.understudy.replay.failure.SafetyRefusal;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.RunEnd;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run would do, and that nothing is done. */
class DryRunIT {
    private static final int CLIENTS = 4;

    @Test
    void theCriticalPathIsTheOrders() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("CREATE TABLE t(id int PRIMARY KEY, v int);"
                + "INSERT INTO t SELECT i, 0 FROM generate_series(1, " + CLIENTS + ") i");
        RecordedClient[] clients = new RecordedClient[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] = rehearsed.open(i == 0 ? Map.of() : Map.of("application_name", "c" + i));
        }
        for (int k = 0; k < 10; k++) {
            for (int i = 0; i < CLIENTS; i++) {
                clients[i].query("SELECT v FROM t WHERE id = " + (i + 1));
            }
        }
        clients[0].query("SELECT pg_reload_conf()");
        for (RecordedClient client : clients) {
            client.close();
        }
        rehearsed.publish();
        ReplayLimits oneByOne = new ReplayLimits(
                64L << 20,
                4 << 20,
                12 << 20,
                500,
                ReplayLimits.DEFAULTS.stallAfter(),
                ReplayLimits.DEFAULTS.waitLimit(),
                ReplayLimits.DEFAULTS.connectTimeout(),
                1,
                64 << 10,
                ReplayLimits.DEFAULTS.serviceTimeout());
        ReplayConfig config = rehearsed.config().withLimits(oneByOne);

        DryRunReport serial = dry(config.withOrder(Order.SERIAL));
        DryRunReport session = dry(config.withOrder(Order.SESSION));
        DryRunReport causal = dry(config.withOrder(Order.CAUSAL));

        assertThat(serial.exchanges()).isEqualTo(10 * CLIENTS + 1);
        assertThat(serial.classes()).isEqualTo(Map.of("send", 10L * CLIENTS, "withhold: blocked: server-control", 1L));
        assertThat(serial.sessions()).isEqualTo(CLIENTS);
        assertThat(serial.mostOpen()).isEqualTo(CLIENTS);
        assertThat(serial.reads()).isEqualTo(10 * CLIENTS);
        assertThat(serial.roundTrips()).isEqualTo(10 * CLIENTS);
        assertThat(session.roundTrips()).isEqualTo(10);
        assertThat(causal.roundTrips()).as("readers do not wait for each other").isEqualTo(10);
        assertThat(serial.roundTrip()).isPositive();
        assertThat(serial.atLeast()).isEqualTo(serial.roundTrip().multipliedBy(serial.roundTrips()));
        assertThat(dry(config.withSpeed(new Speed(0.001))).atLeast())
                .isGreaterThan(serial.atLeast())
                .isPositive();
        RunEnd real = Rehearsed.replay(config).end();
        assertThat(real.exchanges())
                .as("the name is free, and the same is found")
                .isEqualTo(serial.exchanges());
    }

    @Test
    void writesOfOneRowFollowEachOther() throws Exception {
        Rehearsed rehearsed =
                Rehearsed.of("CREATE TABLE t(id int PRIMARY KEY, v int); INSERT INTO t VALUES (1, 0), (2, 0)");
        try (RecordedClient first = rehearsed.open();
                RecordedClient second = rehearsed.open()) {
            for (int k = 0; k < 5; k++) {
                first.query("UPDATE t SET v = v + 1 WHERE id = 1");
                second.query("UPDATE t SET v = v + 1 WHERE id = 1");
            }
        }
        rehearsed.publish();

        DryRunReport causal = dry(rehearsed.config().withOrder(Order.CAUSAL));

        assertThat(causal.writes()).isEqualTo(10);
        assertThat(causal.roundTrips()).isEqualTo(10);
        assertThat(LabServersQuery.text(rehearsed.copy, "SELECT sum(v) FROM t"))
                .as("nothing was sent")
                .isEqualTo("0");
    }

    @Test
    void anUnmarkedTargetIsRefused() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("");
        rehearsed.publish();
        String unmarked = LabServers.uniqueName("copy");
        LabServers.postgres().copyDatabase(rehearsed.production, unmarked);
        ReplayConfig config = ReplayConfig.of(
                rehearsed.capture,
                "dry-run",
                LabServers.postgres().connectionInfo(unmarked),
                rehearsed.config().kafka());

        assertThatThrownBy(() -> dry(config)).isInstanceOf(SafetyRefusal.class).hasMessageContaining("rule=unmarked");
    }

    private static DryRunReport dry(ReplayConfig config) {
        return new Replay(config, ReplayListener.NONE).dryRun();
    }
}
