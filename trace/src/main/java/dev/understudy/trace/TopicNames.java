package dev.understudy.trace;

import java.util.Optional;
import java.util.regex.Pattern;

/** The Kafka topics of captures and runs. */
public final class TopicNames {
    /** What a capture or run may be called: it becomes part of topic names. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final String CAPTURE_PREFIX = "understudy.capture.";
    private static final String RUN_PREFIX = "understudy.run.";
    private static final String TRACE_SUFFIX = ".trace";
    private static final String OUTCOMES_SUFFIX = ".outcomes";
    private static final String CONTROL_SUFFIX = ".control";
    private static final String SUMMARY_SUFFIX = ".summary";

    private TopicNames() {}

    /** The trace of a capture: partition = lane, key = none, value = one chunk. */
    public static String trace(String capture) {
        return CAPTURE_PREFIX + checked(capture) + TRACE_SUFFIX;
    }

    /** The outcomes of a run: partition = the lane of the session, value = one {@code OutcomeBatch}. */
    public static String outcomes(String run) {
        return RUN_PREFIX + checked(run) + OUTCOMES_SUFFIX;
    }

    /** A run's control topic, one partition: its start and its end, and orders to stop. */
    public static String control(String run) {
        return RUN_PREFIX + checked(run) + CONTROL_SUFFIX;
    }

    /** The sums of a run's comparison, compacted; partition = that of the outcomes, keys and values as the differ writes them. */
    public static String summary(String run) {
        return RUN_PREFIX + checked(run) + SUMMARY_SUFFIX;
    }

    /** The capture whose trace a topic holds. */
    public static Optional<String> captureOf(String topic) {
        return between(topic, CAPTURE_PREFIX, TRACE_SUFFIX);
    }

    /** The run whose control topic this is. */
    public static Optional<String> runOf(String topic) {
        return between(topic, RUN_PREFIX, CONTROL_SUFFIX);
    }

    private static Optional<String> between(String topic, String prefix, String suffix) {
        return topic.startsWith(prefix) && topic.endsWith(suffix) && topic.length() > prefix.length() + suffix.length()
                ? Optional.of(topic.substring(prefix.length(), topic.length() - suffix.length()))
                : Optional.empty();
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name=" + name
                    + ": expected letters, digits, '.', '_' or '-', at most 100, first a letter or digit");
        }
        return name;
    }
}
