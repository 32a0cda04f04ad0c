package dev.understudy.diff.tally;

import dev.understudy.diff.attribute.OpenClaim;
import dev.understudy.diff.bounded.LeastKeys;
import dev.understudy.diff.group.Occurrence;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Differences that only the whole run can decide, and what it decides them by. Bounded: those of the later exchanges
 * stay what they are when there are too many. Mutable; belongs to one thread.
 */
final class OpenClaims {
    /** Differences that wait. */
    static final int MAX_OPEN = 20_000;

    private final LeastKeys<ExchangeKey, Held> claims;
    private final Set<String> gone = new HashSet<>();

    private static final class Held {
        private final OfExchange open;
        private boolean kept;

        Held(OfExchange open) {
            this.open = open;
        }
    }

    /** An exchange, in the order of sessions. */
    record ExchangeKey(long session, long ordinal) implements Comparable<ExchangeKey> {
        private static final Comparator<ExchangeKey> ORDER =
                Comparator.comparingLong(ExchangeKey::session).thenComparingLong(ExchangeKey::ordinal);

        String id() {
            return session + ":" + ordinal;
        }

        @Override
        public int compareTo(ExchangeKey other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A difference that waits.
     *
     * @param occurrence with the attribution that it has if the run does not explain it
     * @param claim what the run would have to explain
     */
    record Open(Occurrence occurrence, OpenClaim claim) {}

    /**
     * What one exchange left open.
     *
     * @param environmentCounted whether the exchange counts as one on which both arms disagree with production already
     */
    record OfExchange(ExchangeKey exchange, boolean environmentCounted, List<Open> open) {}

    OpenClaims(int maxOpen) {
        claims = new LeastKeys<>(
                Comparator.naturalOrder(), held -> held.open.open().size(), maxOpen);
    }

    /** Takes in what an exchange left open; what the bound does not allow is decided now. */
    void add(OfExchange open, Consumer<OfExchange> decided) {
        if (claims.at(open.exchange(), () -> new Held(open)) == null) {
            decided.accept(open);
        }
        claims.trim((key, beyond) -> drop(beyond, decided));
    }

    private void drop(Held beyond, Consumer<OfExchange> decided) {
        decided.accept(beyond.open);
        if (beyond.kept) {
            gone.add(beyond.open.exchange().id());
        }
    }

    void add(OpenClaims more, Consumer<OfExchange> decided) {
        cutAt(more.cutoff(), decided);
        more.claims.forEach((key, held) -> add(held.open, decided));
    }

    @Nullable ExchangeKey cutoff() {
        return claims.cutoff();
    }

    void cutAt(@Nullable ExchangeKey cutoff, Consumer<OfExchange> decided) {
        claims.cutAt(cutoff, (key, beyond) -> drop(beyond, decided));
    }

    /** Hands over every exchange, in their order. */
    void forEach(Consumer<OfExchange> action) {
        for (ExchangeKey key : claims.keys()) {
            Held held = claims.get(key);
            if (held != null) {
                action.accept(held.open);
            }
        }
    }

    void takeChanges(Consumer<TallyEntry> changes, Consumer<String> vanished) {
        claims.forEach((key, held) -> {
            if (!held.kept) {
                held.kept = true;
                changes.accept(new TallyEntry.Claims(held.open));
            }
        });
        gone.forEach(vanished);
        gone.clear();
    }

    void restore(TallyEntry.Claims kept) {
        Held held = new Held(kept.open());
        held.kept = true;
        claims.at(kept.open().exchange(), () -> held);
    }
}
