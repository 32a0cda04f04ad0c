package dev.understudy.lab.seeds;

/** How a table's rows are told apart. */
enum KeyKind {
    /** {@code bigint GENERATED … AS IDENTITY}. */
    IDENTITY,
    /** {@code serial}. */
    SERIAL,
    /** {@code uuid DEFAULT gen_random_uuid()}. */
    UUID,
    /** The row number and a constant. */
    COMPOSITE,
    /** The row number. */
    NATURAL,
    /** Not at all. */
    NONE;

    boolean hasSequence() {
        return this == IDENTITY || this == SERIAL;
    }

    /** Whether it is a column of its own, named as in {@link Table#id()}. */
    boolean hasId() {
        return hasSequence() || this == UUID;
    }
}
