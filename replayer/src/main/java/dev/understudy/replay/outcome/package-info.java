/** What an exchange did on the arms, written to the run's topics. Only {@code RunTopics} and the publisher know Kafka. */
@NullMarked
package dev.understudy.replay.outcome;

import org.jspecify.annotations.NullMarked;
