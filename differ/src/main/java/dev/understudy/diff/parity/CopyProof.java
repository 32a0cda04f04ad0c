package dev.understudy.diff.parity;

import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.CopyStamp;
import dev.understudy.trace.run.CopyStamps;
import dev.understudy.trace.run.TableState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the arms were shown to be equal before the migration, by the digests that their marks took.
 *
 * @param shown whether they were, by both marks
 * @param unequal whether the marks show that they were not
 * @param controlChanged whether the control is no longer what it was when it was marked
 * @param candidateUnchanged whether the candidate still is what it was when it was marked
 * @param text for people
 */
public record CopyProof(
        boolean shown, boolean unequal, boolean controlChanged, boolean candidateUnchanged, String text) {
    /** Nothing is known. */
    public static final CopyProof NONE =
            new CopyProof(false, false, false, false, "the marks hold no digest of the copies before the migration");

    /**
     * What the marks prove.
     *
     * @param stamps as the run read them at its start, null if it did not
     */
    public static CopyProof of(@Nullable CopyStamps stamps, ArmState control, ArmState candidate) {
        CopyStamp left = stamps == null ? null : stamps.of(Arm.CONTROL).orElse(null);
        CopyStamp right = stamps == null ? null : stamps.of(Arm.CANDIDATE).orElse(null);
        if (stamps == null || left == null || right == null) {
            return left == null && right == null
                    ? NONE
                    : unknown("the mark of the " + (left == null ? "control" : "target")
                            + " holds no digest of the copy before the migration");
        }
        if (!left.isComparableTo(right)) {
            return unknown("the marks' digests say nothing about each other: PostgreSQL " + left.major() + " with "
                    + left.rows() + " rows, " + right.major() + " with " + right.rows() + " rows");
        }
        boolean equal = left.isSameAs(right);
        String text = equal
                ? "both marks have the digest " + left.state() + " over " + left.rows() + " rows"
                : "the control was marked with " + left.rows() + " rows (digests " + left.catalog() + ", "
                        + left.state() + "), the target with " + right.rows() + " (" + right.catalog() + ", "
                        + right.state() + ")";
        return new CopyProof(
                equal,
                !equal,
                !isStill(left, stamps.atStart(Arm.CONTROL), control),
                isStill(right, stamps.atStart(Arm.CANDIDATE), candidate),
                text);
    }

    private static CopyProof unknown(String text) {
        return new CopyProof(false, false, false, false, text);
    }

    /** By the rows' digest where the run read one; else by the schema, and by the count of rows where all are counted. */
    private static boolean isStill(CopyStamp then, Optional<CopyStamp> read, ArmState arm) {
        if (read.isPresent()) {
            return then.isSameAs(read.get());
        }
        CopyStamp now = CopyStamp.of(arm.catalog(), arm.tables(), 0);
        if (arm.tables().stream().noneMatch(table -> table.hash().isEmpty())) {
            return then.isSameAs(now);
        }
        boolean counted = arm.tables().stream().allMatch(table -> table.rows() >= 0 && isCounted(table));
        return then.major() == now.major()
                && then.catalog().equals(now.catalog())
                && (!counted || then.rows() == now.rows());
    }

    private static boolean isCounted(TableState table) {
        return table.note().isEmpty() || table.rows() > 0;
    }
}
