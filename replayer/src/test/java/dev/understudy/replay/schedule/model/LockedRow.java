package dev.understudy.replay.schedule.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row with its committed versions, who has it locked and who waits for that.
 *
 * @param <S> a session
 */
final class LockedRow<S> {
    private final List<Version> versions = new ArrayList<>();
    private final Set<S> sharers = new LinkedHashSet<>();
    private final List<Waiter<S>> waiters = new ArrayList<>();
    private long removedInCommit = -1;
    private @Nullable S holder;
    private @Nullable S stranger;

    private record Version(long commit, @Nullable Integer value) {}

    private record Waiter<S>(S session, boolean shares) {}

    /** It was removed, and made again, by one transaction. */
    void remadeBy(long commit) {
        removedInCommit = commit;
    }

    void add(long commit, @Nullable Integer value) {
        versions.add(new Version(commit, value));
    }

    @Nullable Integer at(long commit) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).commit() <= commit) {
                return versions.get(i).value();
            }
        }
        return null;
    }

    /** Whether somebody removed it after a snapshot, even if it was made again. */
    boolean wasRemovedSince(long snapshot) {
        return versions.stream().anyMatch(version -> version.commit() > snapshot && version.value() == null)
                || removedInCommit > snapshot;
    }

    long lastCommit() {
        return versions.isEmpty() ? 0 : versions.get(versions.size() - 1).commit();
    }

    /** Who has to let go, or to be let through, before a session may lock. */
    Set<S> blockers(S session, boolean shares) {
        Set<S> blockers = new HashSet<>();
        if (holder != null) {
            blockers.add(holder);
        }
        if (!shares) {
            blockers.addAll(sharers);
        }
        boolean holds = session.equals(holder) || sharers.contains(session);
        if (stranger != null && !holds) {
            blockers.add(stranger);
        }
        blockers.remove(session);
        return blockers;
    }

    void lock(S session, boolean shares) {
        if (shares) {
            sharers.add(session);
        } else {
            holder = session;
        }
    }

    void unlock(S session) {
        sharers.remove(session);
        if (session.equals(holder)) {
            holder = null;
        }
    }

    void await(S session, boolean shares) {
        waiters.add(new Waiter<>(session, shares));
    }

    /** Somebody in whose way nobody else gets who comes later. */
    void awaitStranger(S session) {
        stranger = session;
        await(session, false);
    }

    /** Takes out those that may be let through, if any. */
    List<S> released() {
        List<S> free = new ArrayList<>();
        for (Waiter<S> waiter : waiters) {
            if (blockers(waiter.session(), waiter.shares()).isEmpty()) {
                free.add(waiter.session());
            }
        }
        return free;
    }

    void goesOn(S session) {
        waiters.removeIf(waiter -> waiter.session().equals(session));
        if (session.equals(stranger)) {
            stranger = null;
        }
    }
}
