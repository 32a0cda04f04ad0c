package dev.understudy.replay;

import dev.understudy.lab.LabServers;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.replay.recorder.TraceRecorder;
import dev.understudy.replay.safety.TargetMark;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunEnd;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A production database, its copy as it was before the traffic, and a trace of the traffic, all of one test. */
final class Rehearsed {
    final String production;
    final String copy;
    final String capture = LabServers.uniqueName("capture");
    final TraceRecorder recorder;

    /** Makes production by these statements, and the copy. */
    static Rehearsed of(String schema) throws Exception {
        return of(schema, 1, 64 << 10);
    }

    static Rehearsed of(String schema, int lanes, int chunkBytes) throws Exception {
        String production = LabServers.freshDatabase();
        String copy = LabServers.uniqueName("copy");
        if (!schema.isEmpty()) {
            LabServers.postgres().execute(production, schema);
        }
        LabServers.postgres().copyDatabase(production, copy);
        TargetMark.mark(LabServers.postgres().connectionInfo(copy), Optional.empty());
        return new Rehearsed(production, copy, lanes, chunkBytes);
    }

    private Rehearsed(String production, String copy, int lanes, int chunkBytes) throws Exception {
        this.production = production;
        this.copy = copy;
        this.recorder = new TraceRecorder(capture, lanes, chunkBytes);
        try (Connection connection = LabServers.postgres().connect(production)) {
            recorder.catalog(connection);
        }
    }

    /** Another marked copy of production as it is now. */
    String copyNow() throws Exception {
        String name = LabServers.uniqueName("copy");
        LabServers.postgres().copyDatabase(production, name);
        TargetMark.mark(LabServers.postgres().connectionInfo(name), Optional.empty());
        return name;
    }

    RecordedClient open() throws Exception {
        return open(Map.of());
    }

    RecordedClient open(Map<String, String> more) throws Exception {
        Map<String, String> startup = new HashMap<>();
        startup.put("user", "postgres");
        startup.put("database", production);
        startup.put("application_name", "app");
        startup.putAll(more);
        return recorder.open("127.0.0.1", LabServers.postgres().port(), startup);
    }

    ConnectionInfo target() {
        return LabServers.postgres().connectionInfo(copy);
    }

    ReplayConfig config() {
        return ReplayConfig.of(
                capture,
                LabServers.uniqueName("run"),
                target(),
                Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers()));
    }

    void publish() throws Exception {
        recorder.publish(LabServers.kafka().bootstrapServers());
    }

    /** Ends the trace and replays it. */
    Result replay() throws Exception {
        publish();
        return replay(config());
    }

    static Result replay(ReplayConfig config) {
        RunEnd end = Replay.run(config, ReplayListener.NONE);
        return new Result(
                end, RunReader.outcomes(config.run(), LabServers.kafka().bootstrapServers()));
    }

    record Result(RunEnd end, List<Outcome> outcomes) {}
}
