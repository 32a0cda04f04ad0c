package dev.understudy.lab.seeds;

import java.util.Arrays;
import java.util.List;

/** What may be wrong with a rehearsal itself, called as the report calls it. */
public enum Setup {
    /** Nothing. */
    RIGHT,
    /** A row was missing from the candidate's copy before the migration. */
    WRONG_COPY,
    /** A row is missing from the control since it was marked. */
    WRONG_CONTROL,
    /** The migration was not run. */
    NOT_MIGRATED,
    /** The control was given as the target, and the target as the control. */
    CONTROL_AS_TARGET;

    private static final int EVERY = 20;
    private static final int AT = 8;

    /** Of the seeds without a fault every fifth has a wrong one, in turn. */
    static Setup of(long seed) {
        if (Math.floorMod(seed, (long) EVERY) != AT) {
            return RIGHT;
        }
        List<Setup> wrong =
                Arrays.stream(values()).filter(setup -> setup != RIGHT).toList();
        return wrong.get((int) Math.floorMod(Math.floorDiv(seed, (long) EVERY), (long) wrong.size()));
    }
}
