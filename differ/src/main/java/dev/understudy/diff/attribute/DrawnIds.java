package dev.understudy.diff.attribute;

import dev.understudy.pgwire.value.Value;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identifiers that stand at one place on all sides, no two of them equal, in a column whose default draws one on
 * each side by the same expression. The copies had the same there, so that where even production and the control differ
 * the run made the row, and each side drew what it has. That is an explanation as long as the run nowhere shows one of
 * them beside another: what a migration draws anew, or reads from another row, comes up with two partners.
 *
 * <p>Identifiers are kept as 64-bit digests: a topic is no place for what may be a secret.
 *
 * @param column schema.table.column, as both servers prove
 * @param recorded production's
 * @param control the control's, null where there is none
 * @param candidate the candidate's
 * @param drawn whether this is the answer of the INSERT that left the column to its default
 */
public record DrawnIds(
        String column, long recorded, @Nullable Long control, long candidate, boolean drawn) implements OpenClaim {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** The claim of identifiers; null where they are none, not all different, or not of one kind. */
    static @Nullable DrawnIds of(
            String column, Value recorded, @Nullable Value control, Value candidate, boolean drawn) {
        if (!areOfOneKind(recorded, candidate) || control != null && !areOfOneKind(recorded, control)) {
            return null;
        }
        boolean different = !recorded.equals(candidate)
                && (control == null || !control.equals(recorded) && !control.equals(candidate));
        return different
                ? new DrawnIds(
                        column, digest(recorded), control == null ? null : digest(control), digest(candidate), drawn)
                : null;
    }

    private static boolean areOfOneKind(Value a, Value b) {
        return a instanceof Value.Uuid x && b instanceof Value.Uuid y && DrawnValues.sameKind(x.value(), y.value());
    }

    private static long digest(Value value) {
        UUID id = ((Value.Uuid) value).value();
        return id.getMostSignificantBits() * MIX + id.getLeastSignificantBits();
    }

    /** Whether it is about the same identifiers. */
    boolean isSameAs(DrawnIds other) {
        return column.equals(other.column)
                && recorded == other.recorded
                && candidate == other.candidate
                && (control == null ? other.control == null : control.equals(other.control));
    }

    /** Without a control, a copy's value that the migration changed looks the same: the run must have drawn it. */
    @Override
    public Attribution settle(Attribution judged, RunEvidence run) {
        boolean open = judged == Attribution.UNEXPLAINED && control != null
                || judged == Attribution.MIGRATION_WITHOUT_CONTROL
                        && run.identities().wasDrawn(this);
        return open && run.identities().isOne(this) ? Attribution.VOLATILE : judged;
    }
}
