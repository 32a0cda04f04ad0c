package dev.understudy.replay.target;

/** A server did not let a session in; the text says why. */
public final class LoginRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    LoginRefused(String sqlState, String text) {
        super("sqlstate=" + sqlState + ": " + text);
        this.sqlState = sqlState;
    }

    /** The server's SQLSTATE; 08P01 where it asked for what this side does not speak. */
    public String sqlState() {
        return sqlState;
    }
}
