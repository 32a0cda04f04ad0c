/** Embedded Kafka and PostgreSQL, the sample shop and its traffic, planted faults. */
@NullMarked
package dev.understudy.lab;

import org.jspecify.annotations.NullMarked;
