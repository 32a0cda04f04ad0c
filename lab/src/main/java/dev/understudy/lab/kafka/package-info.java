/** A Kafka broker inside the process. The only package that knows Kafka's own server classes. */
@NullMarked
package dev.understudy.lab.kafka;

import org.jspecify.annotations.NullMarked;
