package dev.understudy.diff.tally;

import dev.understudy.diff.attribute.BlindBook;
import dev.understudy.diff.attribute.OddCounts;
import dev.understudy.diff.attribute.Timeline;
import dev.understudy.diff.group.GroupState;
import dev.understudy.diff.group.PathKey;
import dev.understudy.trace.run.Disposition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a partition's tally as it is kept: what has one name replaces what had it before. */
public sealed interface TallyEntry {
    /** Its kind and what tells it from others of its kind. */
    Name name();

    /**
     * A piece's name.
     *
     * @param kind one of a few words
     * @param id what tells it from others of its kind; may be empty
     */
    record Name(String kind, String id) {}

    /**
     * What there is one of; read before everything else.
     *
     * @param progress how far the partition was read
     * @param dispositions how many exchanges ended in each class
     * @param carryingData exchanges that carry data
     * @param carryingCompared those of them that were compared
     * @param rowsAnswered rows in production's answers
     * @param environment exchanges on which both arms agree with each other and not with production
     * @param bounds what lies beyond bounds
     * @param levels how coarse the timelines' grids are, by the timelines' names
     * @param segments how many pieces of timelines were kept
     */
    record Sums(
            Progress progress,
            Map<Disposition, Long> dispositions,
            long carryingData,
            long carryingCompared,
            long rowsAnswered,
            long environment,
            Cutoffs bounds,
            Map<String, Integer> levels,
            long segments)
            implements TallyEntry {
        static final Name NAME = new Name("sums", "");

        /** Copies the maps. */
        public Sums {
            dispositions = Map.copyOf(dispositions);
            levels = Map.copyOf(levels);
        }

        @Override
        public Name name() {
            return NAME;
        }
    }

    /** The least of each that is counted with others or not at all; null where nothing is. */
    record Cutoffs(
            @Nullable PathKey path,
            BlindBook.@Nullable PathName blindPath,
            @Nullable String statement,
            @Nullable String sqlState,
            @Nullable ColumnId column,
            OpenClaims.@Nullable ExchangeKey claim,
            OpenClaims.@Nullable ExchangeKey failure) {}

    /** One statement. */
    record StatementSums(String fingerprint, String sql, long seen, long compared, long raced, long tainted, long rows)
            implements TallyEntry {
        static final String KIND = "statement";

        @Override
        public Name name() {
            return new Name(KIND, fingerprint);
        }
    }

    /** One table or view. */
    record TableSums(String table, long touched, long compared) implements TallyEntry {
        @Override
        public Name name() {
            return new Name("table", table);
        }
    }

    /** One column. */
    record ColumnSums(ColumnId column, ColumnCounts counts) implements TallyEntry {
        @Override
        public Name name() {
            return new Name("column", column.relation() + "." + column.attribute());
        }
    }

    /** One SQLSTATE. */
    record ErrorSums(String sqlState, long baseline, long candidate) implements TallyEntry {
        static final String KIND = "error";

        @Override
        public Name name() {
            return new Name(KIND, sqlState);
        }
    }

    /** One group. */
    record GroupSums(GroupState group) implements TallyEntry {
        static final String KIND = "group";

        @Override
        public Name name() {
            return new Name(KIND, group.id());
        }
    }

    /** Who stood alone on one path. */
    record OddSums(OddCounts counts) implements TallyEntry {
        static Name name(String fingerprint, String path) {
            return new Name("odd", fingerprint + " " + path);
        }

        @Override
        public Name name() {
            return name(counts.fingerprint(), counts.path());
        }
    }

    /** What one exchange left open. */
    record Claims(OpenClaims.OfExchange open) implements TallyEntry {
        static final String KIND = "claims";

        @Override
        public Name name() {
            return new Name(KIND, open.exchange().id());
        }
    }

    /** An exchange that failed on one arm, or that others depend on, with its group if it is known. */
    record Failure(OpenClaims.ExchangeKey exchange, String group, long dependants) implements TallyEntry {
        static final String KIND = "failure";

        @Override
        public Name name() {
            return new Name(KIND, exchange.id());
        }
    }

    /** A piece of a timeline: written once, never changed. */
    record Windows(String timeline, long segment, List<Timeline.Entry> entries) implements TallyEntry {
        /** Copies the list. */
        public Windows {
            entries = List.copyOf(entries);
        }

        @Override
        public Name name() {
            return new Name("windows", Long.toString(segment));
        }
    }
}
