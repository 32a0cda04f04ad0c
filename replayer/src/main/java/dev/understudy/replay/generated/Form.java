package dev.understudy.replay.generated;

/** How a value stands in a request. */
enum Form {
    /** As text: a parameter, a number, or a string constant. */
    TEXT,
    /** As text in a statement, in quotes: no quote and no backslash can stand in it. */
    QUOTED,
    /** In the binary format. */
    BINARY,
    /** An array in the binary format. */
    BINARY_ARRAY,
    /** An array's text. */
    TEXT_ARRAY
}
