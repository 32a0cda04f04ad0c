package dev.understudy.replay.generated;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.understudy.pgwire.value.Value;
import dev.understudy.trace.entry.ExchangeId;
import org.jspecify.annotations.Nullable;

/**
 * What one arm generated in the place of production's values: one for one in each domain. What is not in it is the same, as
 * far as is known. Bounded: beyond {@link #MAX_VALUES} those not asked for longest fall out, and are counted. Belongs to one
 * thread.
 */
final class ArmValues {
    /** Recorded values of which the arm's are remembered. */
    static final long MAX_VALUES = 500_000;

    private final Cache<Key, Entry> byRecorded = cache();
    private final Cache<Key, Value> byOwn = cache();
    private final SequenceStarts starts;
    private boolean others;
    private long forgotten;
    private long contradicted;

    private record Key(Domain domain, Value value) {}

    /**
     * What stands for a recorded value.
     *
     * @param own the arm's value; null if it generated none, as what should have failed there
     * @param root the exchange from which on the arm was apart, null if it has a value
     * @param proof what shows that the two are twins
     */
    record Entry(@Nullable Value own, @Nullable ExchangeId root, Proof proof) {}

    ArmValues(SequenceStarts starts) {
        this.starts = starts;
    }

    private <V> Cache<Key, V> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_VALUES)
                .executor(Runnable::run)
                .<Key, V>evictionListener((key, value, cause) -> forgotten++)
                .build();
    }

    /** What stands for a recorded value; null if nothing else is known than that it is the same. */
    @Nullable Entry of(Domain domain, Value recorded) {
        return byRecorded.getIfPresent(new Key(domain, recorded));
    }

    /** Notes what the arm has in a value's place; what is proven better stays. */
    void put(Domain domain, Value recorded, Value own, Proof shown) {
        Key key = new Key(domain, recorded);
        Entry known = byRecorded.getIfPresent(key);
        if (known != null && known.own() != null && known.proof().compareTo(shown) >= 0) {
            contradicted += own.equals(known.own()) ? 0 : 1;
            return;
        }
        Key inverse = new Key(domain, own);
        Value other = byOwn.getIfPresent(inverse);
        if (other != null && !other.equals(recorded)) {
            Entry rival = byRecorded.getIfPresent(new Key(domain, other));
            if (rival != null && rival.proof().compareTo(shown) >= 0) {
                contradicted++;
                return;
            }
            byRecorded.invalidate(new Key(domain, other));
        }
        if (known != null && known.own() != null) {
            byOwn.invalidate(new Key(domain, known.own()));
        }
        others |= !own.equals(recorded);
        byRecorded.put(key, new Entry(own, null, shown));
        byOwn.put(inverse, recorded);
    }

    /** Whether both sequences gave out as many values before these since the run's beginning. */
    boolean isSameDraw(Domain domain, Value recorded, Value own) {
        Long start = starts.next(domain.name());
        return start != null && domain.isSameDraw(recorded, own, start);
    }

    /** Notes that the arm has generated nothing in a value's place, since what should have failed there. */
    void none(Domain domain, Value recorded, ExchangeId root) {
        Key key = new Key(domain, recorded);
        Entry known = byRecorded.getIfPresent(key);
        if (known == null || known.own() == null) {
            byRecorded.put(
                    key, new Entry(null, known == null || known.root() == null ? root : known.root(), Proof.NONE));
        }
    }

    /** The recorded value in whose place the arm has this; null if that is not proven. */
    @Nullable Value recorded(Domain domain, Value own) {
        Value recorded = byOwn.getIfPresent(new Key(domain, own));
        Entry entry = recorded == null ? null : of(domain, recorded);
        return entry != null && entry.proof() != Proof.NONE && own.equals(entry.own()) ? recorded : null;
    }

    /** Whether the arm has other values than production anywhere. */
    boolean haveOthers() {
        return others;
    }

    /** How many values fell out. */
    long forgotten() {
        return forgotten;
    }

    /** How many values were seen beside another than before, and left out. */
    long contradicted() {
        return contradicted;
    }
}
