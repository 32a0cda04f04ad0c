/** The model of expectations.yaml, invariants and gates; pure. */
@NullMarked
package dev.understudy.expect;

import org.jspecify.annotations.NullMarked;
