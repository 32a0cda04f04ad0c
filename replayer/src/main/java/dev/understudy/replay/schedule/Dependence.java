package dev.understudy.replay.schedule;

import dev.understudy.replay.generated.Producers;
import java.util.List;

/**
 * Which tasks bring generated values that others use: those were read when production had the answers, and what stands in
 * the values' place is known only once every arm has answered.
 *
 * @param <T> a task, or what stands for it in a schedule
 */
final class Dependence<T> {
    private final Producers<T> producers = new Producers<>();

    void add(T task, Work work) {
        if (work instanceof Work.Run run) {
            producers.add(task, run.generated(), run.exchange().doneNo());
        }
    }

    void done(T task) {
        producers.done(task);
    }

    /** Those for whose answers a task has to wait, whether they have been sent or not. */
    List<T> before(T task, Work work) {
        return work instanceof Work.Run run ? producers.before(task, run.generated(), run.sentAfter()) : List.of();
    }

    boolean mustWait(T task, Work work) {
        return !before(task, work).isEmpty();
    }

    /** Whether a task uses values that something which has not been read yet may have brought. */
    static boolean usesUnread(Work work, long watermark) {
        return work instanceof Work.Run run && run.generated().usesAny() && watermark < run.sentAfter();
    }
}
