package dev.understudy.diff.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rows differ, from both sides' ids and hashes in one order. Counts are of all rows; ids are kept up to a bound.
 */
final class RowTally {
    private final boolean keyed;
    private final int maxIds;
    private long missing;
    private long extra;
    private long duplicated;
    private long changed;
    private final List<Long> changedIds = new ArrayList<>();
    private final Map<Long, Long> missingById = new LinkedHashMap<>();
    private final Map<Long, Long> extraById = new LinkedHashMap<>();

    /**
     * A tally.
     *
     * @param keyed whether rows of one id are one row on both sides, so that another hash is a change
     * @param maxIds how many ids of each kind are kept
     */
    RowTally(boolean keyed, int maxIds) {
        this.keyed = keyed;
        this.maxIds = maxIds;
    }

    /** Takes in both streams to their ends; each is ordered by id, and rows of one id by hash. */
    void merge(HashStream control, HashStream candidate) throws SideException, InterruptedException {
        boolean left = control.next();
        boolean right = candidate.next();
        while (left || right) {
            long id = !right || left && control.id() <= candidate.id() ? control.id() : candidate.id();
            Group group = new Group();
            boolean leftHere = left && control.id() == id;
            boolean rightHere = right && candidate.id() == id;
            while (leftHere || rightHere) {
                int order = !rightHere ? -1 : !leftHere ? 1 : Long.compare(control.hash(), candidate.hash());
                group.add(order <= 0 ? control.count() : 0, order >= 0 ? candidate.count() : 0);
                if (order <= 0) {
                    left = control.next();
                }
                if (order >= 0) {
                    right = candidate.next();
                }
                leftHere = left && control.id() == id;
                rightHere = right && candidate.id() == id;
            }
            add(id, group);
        }
    }

    /** The rows of one id. */
    private static final class Group {
        long controlRows;
        long candidateRows;
        long onlyControl;
        long onlyCandidate;

        void add(long ofControl, long ofCandidate) {
            controlRows += ofControl;
            candidateRows += ofCandidate;
            onlyControl += Math.max(0, ofControl - ofCandidate);
            onlyCandidate += Math.max(0, ofCandidate - ofControl);
        }
    }

    private void add(long id, Group group) {
        if (group.onlyControl == 0 && group.onlyCandidate == 0) {
            return;
        }
        long pairs = keyed ? Math.min(group.onlyControl, group.onlyCandidate) : 0;
        changed += pairs;
        missing += group.onlyControl - pairs;
        extra += group.onlyCandidate - pairs;
        if (keyed) {
            duplicated += group.controlRows > 1 ? group.controlRows : 0;
            duplicated += group.candidateRows > 1 ? group.candidateRows : 0;
        }
        if (pairs > 0 && changedIds.size() < maxIds) {
            changedIds.add(id);
        }
        keep(missingById, id, group.onlyControl - pairs);
        keep(extraById, id, group.onlyCandidate - pairs);
    }

    private void keep(Map<Long, Long> byId, long id, long rows) {
        if (rows > 0 && byId.size() < maxIds) {
            byId.put(id, rows);
        }
    }

    /** Takes out a row of the control and one of the candidate that belong together after all. */
    void paired(long controlId, long candidateId) {
        missing--;
        extra--;
        takeOut(missingById, controlId);
        takeOut(extraById, candidateId);
    }

    private static void takeOut(Map<Long, Long> byId, long id) {
        byId.computeIfPresent(id, (any, rows) -> rows == 1 ? null : rows - 1);
    }

    /** Rows that only the control has. */
    long missing() {
        return missing;
    }

    /** Rows that only the candidate has. */
    long extra() {
        return extra;
    }

    /** Rows whose key another row of the same side has, where the sides differ in it. */
    long duplicated() {
        return duplicated;
    }

    /** Rows that both sides have, and that differ. */
    long changed() {
        return changed;
    }

    /** Ids of changed rows, ascending. */
    List<Long> changedIds() {
        return changedIds;
    }

    /** Ids of rows that only the control has, ascending. */
    List<Long> missingIds() {
        return List.copyOf(missingById.keySet());
    }

    /** Ids of rows that only the candidate has, ascending. */
    List<Long> extraIds() {
        return List.copyOf(extraById.keySet());
    }

    /** The same ids, each with how many rows the control has more. */
    Map<Long, Long> missingById() {
        return Map.copyOf(missingById);
    }

    /** The same ids, each with how many rows the candidate has more. */
    Map<Long, Long> extraById() {
        return Map.copyOf(extraById);
    }

    /** Whether there is no row that only one side has beyond those whose ids were kept. */
    boolean areAllKept() {
        return missingById.size() < maxIds && extraById.size() < maxIds;
    }
}
