package dev.understudy.trace.chunk;

/** A writer reached its limit; preallocated and without a stack, since a full chunk is no rare event. */
final class WireOverflow extends RuntimeException {
    static final WireOverflow INSTANCE = new WireOverflow();

    private static final long serialVersionUID = 1L;

    private WireOverflow() {
        super("the writer's limit is reached", null, false, false);
    }
}
