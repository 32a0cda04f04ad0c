package dev.understudy.pgwire.message;

/** Type bytes of messages that a client sends (protocol chapter 55.7). */
public final class FrontendType {
    /** Bind. */
    public static final byte BIND = 'B';
    /** Close a statement or portal. */
    public static final byte CLOSE = 'C';
    /** CopyData. */
    public static final byte COPY_DATA = 'd';
    /** CopyDone. */
    public static final byte COPY_DONE = 'c';
    /** CopyFail. */
    public static final byte COPY_FAIL = 'f';
    /** Describe a statement or portal. */
    public static final byte DESCRIBE = 'D';
    /** Execute. */
    public static final byte EXECUTE = 'E';
    /** Flush. */
    public static final byte FLUSH = 'H';
    /** FunctionCall. */
    public static final byte FUNCTION_CALL = 'F';
    /** PasswordMessage, SASLInitialResponse, SASLResponse, GSSResponse: never recorded. */
    public static final byte PASSWORD = 'p';
    /** Parse. */
    public static final byte PARSE = 'P';
    /** Query. */
    public static final byte QUERY = 'Q';
    /** Sync. */
    public static final byte SYNC = 'S';
    /** Terminate. */
    public static final byte TERMINATE = 'X';

    private FrontendType() {}
}
