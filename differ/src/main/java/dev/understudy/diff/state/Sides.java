package dev.understudy.diff.state;

import dev.understudy.trace.run.TableComparer;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Both sides, each with a thread of its own that alone uses its connection. What is asked of both runs at once; if one
 * side fails, the other's statement is cancelled. Belongs to the caller's thread.
 */
final class Sides implements AutoCloseable {
    /** How often a statement is cancelled before its connection is given up, and how long after each. */
    private static final int MAX_CANCELS = 100;

    private static final long CANCEL_MILLIS = 100;

    private final ExecutorService controlThread = thread("understudy-state-control");
    private final ExecutorService candidateThread = thread("understudy-state-candidate");
    private final SideSession control;
    private final SideSession candidate;

    /** What both sides gave. */
    record Both<T>(T control, T candidate) {}

    /** What is asked of a side, on its thread. */
    interface Question<T> {
        T ask(SideSession side) throws SQLException, InterruptedException;
    }

    /** Begins a transaction on both. */
    Sides(TableComparer.Side control, TableComparer.Side candidate) throws SQLException {
        SideSession begun = null;
        try {
            begun = SideSession.begin("control", control);
            this.candidate = SideSession.begin("candidate", candidate);
            this.control = begun;
        } catch (SQLException e) {
            controlThread.shutdown();
            candidateThread.shutdown();
            if (begun != null) {
                begun.close();
            }
            throw e;
        }
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    SideSession control() {
        return control;
    }

    SideSession candidate() {
        return candidate;
    }

    /** Asks both the same. */
    <T> Both<T> both(Question<T> question) throws SideException, InterruptedException {
        return both(question, question);
    }

    /** Asks each its own, both at once; returns when both have answered or ended. */
    <T> Both<T> both(Question<T> ofControl, Question<T> ofCandidate) throws SideException, InterruptedException {
        CompletableFuture<T> left = start(control, ofControl);
        CompletableFuture<T> right = start(candidate, ofCandidate);
        try {
            awaitFirst(left, right);
            return new Both<>(result(left), result(right));
        } finally {
            end(left, control);
            end(right, candidate);
        }
    }

    /** Asks one side. */
    <T> T one(SideSession side, Question<T> question) throws SideException, InterruptedException {
        CompletableFuture<T> answer = start(side, question);
        try {
            return result(answer);
        } finally {
            end(answer, side);
        }
    }

    /** Starts what runs beside the caller, who has to {@link #end} it. */
    <T> CompletableFuture<T> start(SideSession side, Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        (side == control ? controlThread : candidateThread).execute(() -> {
            try {
                answer.complete(question.ask(side));
            } catch (SQLException e) {
                answer.completeExceptionally(new SideException(side.name(), side.isLost(e), e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** Waits until one has ended, and fails as it did. */
    private static void awaitFirst(CompletableFuture<?> left, CompletableFuture<?> right)
            throws SideException, InterruptedException {
        result(CompletableFuture.anyOf(left, right));
    }

    /** What a question gave, or why it gave nothing. */
    static <T> T result(CompletableFuture<T> answer) throws SideException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SideException failure) {
                throw failure;
            }
            throw new IllegalStateException("a table could not be compared", e.getCause());
        }
    }

    /** Ends what a side has under way, if anything, and waits until it has. */
    void end(CompletableFuture<?> work, SideSession side) {
        boolean interrupted = false;
        for (int attempt = 0; !work.isDone(); attempt++) {
            if (attempt < MAX_CANCELS) {
                side.cancel();
            } else {
                side.abort();
            }
            try {
                work.get(CANCEL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException | ExecutionException e) {
                // It is not over yet, or its failure follows from what has failed before.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends both transactions; the connections are the caller's. */
    @Override
    public void close() throws SQLException {
        controlThread.shutdown();
        candidateThread.shutdown();
        SQLException failure = close(candidate, close(control, null));
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable SQLException close(SideSession side, @Nullable SQLException before) {
        try {
            side.close();
            return before;
        } catch (SQLException e) {
            if (before == null) {
                return e;
            }
            before.addSuppressed(e);
            return before;
        }
    }
}
