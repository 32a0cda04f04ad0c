/** Transactions that were SERIALIZABLE in production, on arms that judge no conflicts between transactions themselves. Pure. */
@NullMarked
package dev.understudy.replay.isolation;

import org.jspecify.annotations.NullMarked;
