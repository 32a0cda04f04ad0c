package dev.understudy.replay;

import dev.understudy.trace.run.LagSummary;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What is counted while a run goes on. Safe for use by several threads. */
final class RunCounters {
    private static final int MAX_WARNINGS = 100;
    private static final int MAX_WARNING_LENGTH = 500;
    /** What is later counts as that late; the largest lag itself is told as it was. */
    private static final long MAX_LAG_NANOS = TimeUnit.DAYS.toNanos(1);

    private static final int LAG_DIGITS = 3;

    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong differing = new AtomicLong();
    private final AtomicLong moved = new AtomicLong();
    private final AtomicLong lagNanos = new AtomicLong();
    private final AtomicLong maxLagNanos = new AtomicLong();
    private final Recorder lags = new Recorder(MAX_LAG_NANOS, LAG_DIGITS);
    private final Histogram allLags = new Histogram(MAX_LAG_NANOS, LAG_DIGITS);
    private final AtomicLong total = new AtomicLong(-1);
    private final Map<String, String> warnings = new ConcurrentSkipListMap<>();
    private final Map<Rewritten, AtomicLong> rewritten = new EnumMap<>(Rewritten.class);

    /** Why a request is not sent to an arm as it was recorded. */
    enum Rewritten {
        ROLES("who the session is was put as the captured role could have it"),
        ISOLATION("SERIALIZABLE was put as REPEATABLE READ"),
        OIDS("OIDs of user-defined types and functions were put as the arm has them"),
        LARGE_OBJECTS("new large objects were given production's numbers"),
        GENERATED("values that a server generated were put as the arm has them");

        private final String what;

        Rewritten(String what) {
            this.what = what;
        }

        String term() {
            return "rewritten-" + label();
        }

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    RunCounters() {
        for (Rewritten reason : Rewritten.values()) {
            rewritten.put(reason, new AtomicLong());
        }
    }

    /** A request was rewritten for one arm. */
    void rewritten(Rewritten reason) {
        AtomicLong count = rewritten.get(reason);
        if (count != null) {
            count.incrementAndGet();
        }
    }

    /** How many requests were rewritten for this reason. */
    long rewrites(Rewritten reason) {
        AtomicLong count = rewritten.get(reason);
        return count == null ? 0 : count.get();
    }

    /** Exchanges have been read, and are to be sent in their order. */
    void delivered(long exchanges) {
        delivered.addAndGet(exchanges);
    }

    void ended(boolean differs, boolean wasMoved) {
        done.incrementAndGet();
        if (differs) {
            differing.incrementAndGet();
        }
        if (wasMoved) {
            moved.incrementAndGet();
        }
    }

    /** An exchange is sent, or begun in whichever way, so late. */
    void begun(long lag) {
        begun.incrementAndGet();
        lag(lag);
    }

    private void lag(long nanos) {
        lagNanos.set(nanos);
        maxLagNanos.accumulateAndGet(nanos, Math::max);
        lags.recordValue(Math.min(nanos, MAX_LAG_NANOS));
    }

    /** How late everything was sent so far. */
    synchronized LagSummary lagSummary() {
        Histogram histogram = allLags;
        histogram.add(lags.getIntervalHistogram());
        return new LagSummary(
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                maxLagNanos());
    }

    void total(long exchanges) {
        total.set(exchanges);
    }

    /** A finding about the run as a whole; of each term the first counts, and of terms a bounded number. */
    void warn(String term, String text) {
        if (warnings.size() < MAX_WARNINGS) {
            warnings.putIfAbsent(
                    term, text.length() > MAX_WARNING_LENGTH ? text.substring(0, MAX_WARNING_LENGTH) : text);
        }
    }

    long done() {
        return done.get();
    }

    /** Exchanges read and not begun. */
    long waiting() {
        long later = begun.get();
        return Math.max(0, delivered.get() - later);
    }

    /** Exchanges begun and not ended. */
    long inFlight() {
        long later = done.get();
        return Math.max(0, begun.get() - later);
    }

    long differing() {
        return differing.get();
    }

    /** Exchanges that will end in a class, as far as the trace tells; NaN while that is not known. */
    double totalOrNaN() {
        long known = total.get();
        return known < 0 ? Double.NaN : known;
    }

    long moves() {
        return moved.get();
    }

    long maxLagNanos() {
        return maxLagNanos.get();
    }

    Map<String, String> warnings() {
        rewritten.forEach((reason, count) -> {
            if (count.get() > 0) {
                warn(reason.term(), count.get() + " requests to an arm were rewritten: " + reason.what);
            }
        });
        return Map.copyOf(warnings);
    }

    /** How far it is; {@code rate} is the one by which the rest is reckoned, in exchanges a second. */
    Progress progress(double perSecond, double rate) {
        long left = total.get() - done.get();
        boolean known = total.get() >= 0 && rate > 0;
        return new Progress(
                done.get(),
                total.get(),
                perSecond,
                differing.get(),
                Duration.ofNanos(lagNanos.get()),
                Duration.ofNanos(lagSummary().p99Nanos()),
                known ? Duration.ofMillis((long) (Math.max(0, left) * 1000 / rate)) : null,
                moved.get());
    }
}
