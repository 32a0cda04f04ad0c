package dev.understudy.replay.access;

/** What a column is compared with or set to, where that is a value that stands in the statement or is bound to it. */
sealed interface Operand {
    /** The type's name behind {@code ::}, in lower case; empty without a cast. */
    String cast();

    /** {@code $n}. */
    record Bound(int number, String cast) implements Operand {}

    /** {@code ANY($n)}: any element of an array. */
    record AnyBound(int number, String cast) implements Operand {}

    /** A string constant without escapes. */
    record Literal(String text, String cast) implements Operand {}

    /** A numeric constant with its sign, or TRUE or FALSE. */
    record Bare(String text, String cast) implements Operand {}

    /** NULL. */
    record Null(String cast) implements Operand {}
}
