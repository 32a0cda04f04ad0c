/** How commands reach Kafka, and what they list and read there themselves. */
@NullMarked
package dev.understudy.cli.kafka;

import org.jspecify.annotations.NullMarked;
