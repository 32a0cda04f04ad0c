package dev.understudy.lab;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes something when the JVM ends before its owner did so: made before it is started, so that it is closed even if
 * the end comes while it starts.
 */
public final class ExitGuard {
    private static final Logger LOG = LoggerFactory.getLogger(ExitGuard.class);
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(20);

    private final CompletableFuture<AutoCloseable> resource = new CompletableFuture<>();
    private final Thread hook;

    /** A guard over what is about to be started; the name is that of its thread. */
    public ExitGuard(String name) {
        hook = new Thread(this::close, name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What was to be started runs; its close must bear being called twice. */
    public void started(AutoCloseable running) {
        resource.complete(running);
    }

    /** There is nothing to close any more. */
    public void dismiss() {
        resource.complete(() -> {});
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.trace("the JVM ends already");
        }
    }

    private void close() {
        try {
            resource.get(STARTED_WITHIN.toMillis(), TimeUnit.MILLISECONDS).close();
        } catch (Exception e) {
            LOG.warn("cannot close what runs at the JVM's end: {}", e.toString());
        }
    }
}
