package dev.understudy.replay;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.run.TableComparer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to replay, on what, and how.
 *
 * @param capture the capture's name
 * @param run the run's name, which no run has yet
 * @param candidate the database on the migrated schema
 * @param control the database on the old schema, null for none
 * @param order order between sessions
 * @param speed pace
 * @param mode which question the run asks
 * @param kafka Kafka client properties, {@code bootstrap.servers} among them; passed on as they are
 * @param limits bounds
 * @param comparer holds whole tables of the arms against each other before and after, null for no such comparison
 * @param scope what of the trace is replayed
 */
public record ReplayConfig(
        String capture,
        String run,
        ConnectionInfo candidate,
        @Nullable ConnectionInfo control,
        Order order,
        Speed speed,
        Mode mode,
        Map<String, String> kafka,
        ReplayLimits limits,
        @Nullable TableComparer comparer,
        ReplayScope scope) {
    /** Checks the names and copies the map. */
    public ReplayConfig {
        name("capture", capture);
        name("run", run);
        kafka = Map.copyOf(kafka);
    }

    /** A run of a whole trace. */
    public ReplayConfig(
            String capture,
            String run,
            ConnectionInfo candidate,
            @Nullable ConnectionInfo control,
            Order order,
            Speed speed,
            Mode mode,
            Map<String, String> kafka,
            ReplayLimits limits,
            @Nullable TableComparer comparer) {
        this(capture, run, candidate, control, order, speed, mode, kafka, limits, comparer, ReplayScope.WHOLE);
    }

    /** A run in causal order as fast as it goes, in compat mode, without a control arm, within the default bounds. */
    public static ReplayConfig of(String capture, String run, ConnectionInfo candidate, Map<String, String> kafka) {
        return new ReplayConfig(
                capture,
                run,
                candidate,
                null,
                Order.CAUSAL,
                Speed.MAX,
                Mode.COMPAT,
                kafka,
                ReplayLimits.DEFAULTS,
                null);
    }

    /** The same with a control arm. */
    public ReplayConfig withControl(@Nullable ConnectionInfo arm) {
        return new ReplayConfig(capture, run, candidate, arm, order, speed, mode, kafka, limits, comparer, scope);
    }

    /** The same in another order. */
    public ReplayConfig withOrder(Order other) {
        return new ReplayConfig(capture, run, candidate, control, other, speed, mode, kafka, limits, comparer, scope);
    }

    /** The same at another pace. */
    public ReplayConfig withSpeed(Speed other) {
        return new ReplayConfig(capture, run, candidate, control, order, other, mode, kafka, limits, comparer, scope);
    }

    /** The same in another mode. */
    public ReplayConfig withMode(Mode other) {
        return new ReplayConfig(capture, run, candidate, control, order, speed, other, kafka, limits, comparer, scope);
    }

    /** The same within other bounds. */
    public ReplayConfig withLimits(ReplayLimits other) {
        return new ReplayConfig(capture, run, candidate, control, order, speed, mode, kafka, other, comparer, scope);
    }

    /** The same with whole tables held against each other. */
    public ReplayConfig withComparer(@Nullable TableComparer other) {
        return new ReplayConfig(capture, run, candidate, control, order, speed, mode, kafka, limits, other, scope);
    }

    /** The same with another part of the trace. */
    public ReplayConfig withScope(ReplayScope other) {
        return new ReplayConfig(capture, run, candidate, control, order, speed, mode, kafka, limits, comparer, other);
    }

    private static void name(String what, String value) {
        if (!TopicNames.NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(what + "=" + value
                    + ": expected letters, digits, '.', '_' or '-', at most 100, first a letter or digit");
        }
    }
}
