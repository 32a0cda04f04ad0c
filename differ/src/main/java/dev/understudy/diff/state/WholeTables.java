package dev.understudy.diff.state;

import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparer;
import dev.understudy.trace.run.TableComparison;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Compares whole tables on their servers. Of each table, both sides at once: one scan that counts rows and sums their
 * hashes by bucket; then key and hash of the rows of differing buckets; then the rows that differ. Where nothing
 * differs, no more than one number a bucket leaves the server.
 *
 * <p>Rows are paired by a key that both sides have; where there is none, they are a multiset of hashes. Tables are taken
 * from the smallest to the largest, so that a time budget reaches many of them. What could not be compared is told by
 * its note; only a lost connection ends it all.
 *
 * <p>Immutable; any thread may call, and waits.
 */
public final class WholeTables implements TableComparer {
    private final StateLimits limits;
    private final List<TableMapping> mappings;
    private final LongSupplier nanos;

    /** A comparer within the default bounds, by names only. */
    public WholeTables() {
        this(StateLimits.DEFAULTS, List.of());
    }

    /**
     * A comparer.
     *
     * @param mappings what is known of tables and columns beyond their names
     */
    public WholeTables(StateLimits limits, List<TableMapping> mappings) {
        this(limits, mappings, System::nanoTime);
    }

    WholeTables(StateLimits limits, List<TableMapping> mappings, LongSupplier nanos) {
        this.limits = limits;
        this.mappings = List.copyOf(mappings);
        this.nanos = nanos;
    }

    @Override
    public List<TableComparison> compare(Moment moment, Side control, Side candidate) throws SQLException {
        Deadline deadline = new Deadline(nanos, limits.budget());
        try (Sides sides = new Sides(control, candidate)) {
            return new AllTables(sides, limits, moment, deadline).compare(mappings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while whole tables were compared", e);
        }
    }
}
