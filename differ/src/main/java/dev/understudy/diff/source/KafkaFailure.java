package dev.understudy.diff.source;

import dev.understudy.diff.DiffException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What Kafka refuses, in words that say what to do. */
final class KafkaFailure {
    private KafkaFailure() {}

    /** The failure for users; a cause that tells nothing more is left out. */
    static DiffException of(String what, Throwable failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        return new DiffException.SourceUnavailable(what + hint(cause), cause);
    }

    private static String hint(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TopicAuthorizationException topic) {
                return " topics=" + topic.unauthorizedTopics()
                        + " (expected to be allowed to Read, Describe and Write the run's summary topic, and to Create it"
                        + " or find it, compacted, with a partition for each of the outcomes')";
            }
            if (cause instanceof GroupAuthorizationException group) {
                return " group=" + group.groupId() + " (expected to be allowed to Read it)";
            }
            if (cause instanceof TransactionalIdAuthorizationException) {
                return " (expected to be allowed to Write transactional ids that begin with understudy.diff.)";
            }
            if (cause instanceof ClusterAuthorizationException) {
                return " (expected to be allowed IdempotentWrite on the cluster)";
            }
            if (cause instanceof UnsupportedVersionException) {
                return " (expected brokers that know transactions: Kafka 2.5 or newer)";
            }
        }
        return "";
    }

    /** Whether trying again cannot help. */
    static boolean isFinal(KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException || cause instanceof UnsupportedVersionException) {
                return true;
            }
        }
        return false;
    }
}
