package dev.understudy.replay;

import dev.understudy.replay.failure.ServiceUnreachable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Threads of a run that do one thing from their start to their end, and waiting for them. */
final class RunThreads {
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(60);

    private RunThreads() {}

    /** Does it on a daemon thread of this name; completes, or fails, as it does. */
    static CompletableFuture<Void> start(String name, Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (RuntimeException | Error e) {
                        done.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    /** Waits, and throws what the other thread threw. */
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnreachable("interrupted while the run was under way", e);
        }
    }

    /** Waits for the end, however it comes, within a bound. */
    static void settle(CompletableFuture<Void> thread) {
        thread.handle((nothing, error) -> nothing)
                .completeOnTimeout(null, JOIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
