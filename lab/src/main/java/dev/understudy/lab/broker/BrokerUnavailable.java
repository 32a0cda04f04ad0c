package dev.understudy.lab.broker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The shared broker could not be started or reached; the message says why and where its log is. */
public final class BrokerUnavailable extends IOException {
    private static final long serialVersionUID = 1L;

    BrokerUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
