/** Proof from the trace alone that nothing went missing unsaid. */
@NullMarked
package dev.understudy.trace.ledger;

import org.jspecify.annotations.NullMarked;
