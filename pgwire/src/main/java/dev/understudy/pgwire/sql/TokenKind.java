package dev.understudy.pgwire.sql;

/** What a token is. */
public enum TokenKind {
    /** A key word or an unquoted identifier. */
    WORD,
    /** A quoted identifier, {@code U&"…"} included. */
    QUOTED_WORD,
    /** A string constant of any form: plain, {@code E''}, {@code U&''}, {@code B''}, {@code X''}, dollar-quoted. */
    STRING,
    /** A numeric constant, without sign. */
    NUMBER,
    /** A parameter, {@code $1}. */
    PARAMETER,
    /** An operator, {@code ::}, {@code :=}, {@code ..} and {@code :} included. */
    OPERATOR,
    /** One of {@code ( ) [ ] , ; .} */
    PUNCTUATION,
    /** A character that begins no token, such as a backslash. */
    OTHER
}
