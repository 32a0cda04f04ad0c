package dev.understudy.diff.state;

import java.io.Serial;
import java.sql.SQLException;
import java.util.Objects;

/** One side's server refused a statement, or was lost. */
final class SideException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final String side;
    private final boolean lost;
    private final SQLException error;

    SideException(String side, boolean lost, SQLException error) {
        super("side=" + side + ": " + error.getMessage(), error);
        this.side = side;
        this.lost = lost;
        this.error = error;
    }

    String side() {
        return side;
    }

    /** Whether the connection is gone, so that nothing more can be asked. */
    boolean isLost() {
        return lost;
    }

    String state() {
        return Objects.requireNonNullElse(error.getSQLState(), "");
    }

    /** As whoever asked for the comparison gets it. */
    SQLException forCaller(String doing) {
        return new SQLException(
                "side=" + side + " was lost while " + doing + ": " + error.getMessage(), error.getSQLState(), error);
    }
}
