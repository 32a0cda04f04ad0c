package dev.understudy.replay.target;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendKeyData;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.trace.run.Arm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One arm's server: makes sessions on it, and tells who waits for whom there. Runs on one Vert.x context. */
public final class ArmServer {
    private static final int MONITOR_ANSWER_BYTES = 1 << 20;
    private static final String APPLICATION = "understudy";

    private final Arm arm;
    private final ConnectionInfo info;
    private final int serverVersion;
    private final List<String> startSettings;
    private final Map<String, List<String>> roleSettings;
    private final Connector connector;
    private final Ticks ticks;
    private @Nullable ArmSession monitor;
    private boolean monitorBusy;

    /**
     * A server that is not connected yet.
     *
     * @param serverVersion its {@code server_version_num}
     * @param startSettings what every session is given at its start, {@code name=value} each, below what roles have
     * @param roleSettings settings that the server keeps for roles, {@code name=value} each, by role; empty where the
     *     login may not take other roles
     */
    public ArmServer(
            Vertx vertx,
            Arm arm,
            ConnectionInfo info,
            int serverVersion,
            List<String> startSettings,
            Map<String, List<String>> roleSettings,
            Duration connectTimeout,
            Ticks ticks) {
        this.arm = arm;
        this.info = info;
        this.serverVersion = serverVersion;
        this.startSettings = List.copyOf(startSettings);
        this.roleSettings = Map.copyOf(roleSettings);
        this.ticks = ticks;
        NetClient client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) connectTimeout.toMillis())
                .setTcpNoDelay(true));
        this.connector = new Connector(client, info);
    }

    /** Which arm. */
    public Arm arm() {
        return arm;
    }

    /** Where it is, for people. */
    public ConnectionInfo info() {
        return info;
    }

    /** A session opened, and whether it has the captured role; it has not if that is not known. */
    public record Opened(ArmSession session, boolean hasRole) {}

    /**
     * Opens a session as the captured one began.
     *
     * @return fails with {@link LoginRefused} if the server refuses, with anything else if it can't be reached
     */
    public Future<Opened> open(SessionInfo captured) {
        SessionRole role = new SessionRole(info.user(), captured.user());
        List<String> settings = new ArrayList<>(startSettings);
        if (role.mustBeTaken()) {
            settings.addAll(roleSettings.getOrDefault(captured.user(), List.of()));
        }
        return login(captured.startup(), settings, role).compose(session -> {
            if (!role.mustBeTaken()) {
                return Future.succeededFuture(
                        new Opened(session, !captured.user().isEmpty()));
            }
            Promise<Opened> opened = Promise.promise();
            session.send(List.of(role.taking(result -> {
                if (result.brokenOff()) {
                    opened.fail(new LoginRefused("08006", "server=" + info + ": the connection ended after login"));
                } else {
                    opened.complete(new Opened(session, !result.failed()));
                }
            })));
            return opened.future();
        });
    }

    private Future<ArmSession> login(Map<String, String> startup, List<String> settings, SessionRole role) {
        return connector
                .login(StartupParameters.of(startup, settings, info, serverVersion))
                .map(loggedIn -> new ArmSession(loggedIn.socket(), loggedIn.key(), role, ticks));
    }

    /**
     * Asks the server to cancel what a session does; whether it does is seen in its answer.
     *
     * @return completes when the server has passed the request on, or cannot: what is sent to the session from then on is
     *     not hit by it
     */
    public Future<Void> cancel(ArmSession session) {
        BackendKeyData key = session.key();
        return key == null ? Future.succeededFuture() : connector.cancel(key);
    }

    /**
     * Who waits for whom in the database, through others too (such as an ALTER that queues between two of ours).
     *
     * @param waiters process ids
     * @return by waiter the process ids that it waits for, 0 for a prepared transaction; without those that wait for
     *     nobody. Empty if the server can't be asked now
     */
    public Future<Map<Integer, Set<Integer>>> blockers(Collection<Integer> waiters) {
        if (monitorBusy || waiters.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        monitorBusy = true;
        return monitor()
                .compose(session -> {
                    Promise<Map<Integer, Set<Integer>>> result = Promise.promise();
                    ByteBuf request = Unpooled.buffer(512);
                    FrontendMessages.query(request, blockersSql(waiters));
                    session.send(List.of(new Conversation(
                            request,
                            Unpooled.EMPTY_BUFFER,
                            false,
                            MONITOR_ANSWER_BYTES,
                            answer -> result.complete(pairs(answer.frames())))));
                    return result.future();
                })
                .otherwise(Map.of())
                .onComplete(done -> monitorBusy = false);
    }

    private Future<ArmSession> monitor() {
        if (monitor != null && monitor.isOpen()) {
            return Future.succeededFuture(monitor);
        }
        return login(Map.of("application_name", APPLICATION), List.of(), new SessionRole(info.user(), ""))
                .onSuccess(session -> monitor = session);
    }

    private static String blockersSql(Collection<Integer> waiters) {
        String pids = waiters.stream().map(String::valueOf).collect(Collectors.joining(","));
        return "WITH RECURSIVE w(waiter, pid) AS ("
                + "SELECT p, b FROM unnest(ARRAY[" + pids + "]::int[]) p, unnest(pg_blocking_pids(p)) b"
                + " UNION SELECT w.waiter, b FROM w, unnest(pg_blocking_pids(w.pid)) b)"
                + " SELECT waiter, pid FROM w";
    }

    private static Map<Integer, Set<Integer>> pairs(ByteBuf frames) {
        Map<Integer, Set<Integer>> pairs = new HashMap<>();
        for (FrameCursor frame = new FrameCursor(frames); frame.next(); ) {
            if (frame.type() == BackendType.DATA_ROW) {
                List<@Nullable ByteBuf> columns = DataRow.columns(frame.body());
                pairs.computeIfAbsent(number(columns.get(0)), waiter -> new HashSet<>())
                        .add(number(columns.get(1)));
            }
        }
        return pairs;
    }

    private static int number(@Nullable ByteBuf text) {
        return text == null ? 0 : Integer.parseInt(text.toString(StandardCharsets.US_ASCII));
    }

    /**
     * Closes whatever connections are left. To be called although Vert.x closes too: it keeps a client that was not
     * closed itself, and all of a replay with it, as long as the JVM runs.
     */
    public Future<Void> release() {
        return connector.close();
    }

    /** Ends the connection that watches. */
    public void close() {
        if (monitor != null) {
            monitor.terminate(() -> {});
        }
    }
}
