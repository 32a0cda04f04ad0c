package dev.understudy.lab.seeds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A kind of fault in one of the places where it can be.
 *
 * @param kind what is wrong
 * @param location where, as the workload sees it
 */
public record FaultCell(FaultKind kind, Location location) {
    private static final List<FaultCell> ALL = shuffled();

    /** Every one that there is; always in the same order. */
    public static List<FaultCell> all() {
        return ALL;
    }

    /** The one in turn: of as many successive numbers as there are cells, each gets another. */
    static FaultCell at(long number) {
        return ALL.get((int) Math.floorMod(number, (long) ALL.size()));
    }

    /** Neighbours have little in common, so that few successive seeds try many things. */
    private static List<FaultCell> shuffled() {
        List<FaultCell> cells = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            kind.locations().forEach(location -> cells.add(new FaultCell(kind, location)));
        }
        Collections.shuffle(cells, new Random(1));
        return List.copyOf(cells);
    }
}
