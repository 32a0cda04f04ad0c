package dev.understudy.replay.failure;

import org.jspecify.annotations.Nullable;

/** A server could not be reached, or was lost for good. The command line exits 4. */
public final class ServiceUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error that names the service and what it said. */
    public ServiceUnreachable(String text, @Nullable Throwable cause) {
        super(text, cause);
    }
}
