package dev.understudy.diff.compare;

import java.util.Arrays;

/**
 * Which rows of two results belong together.
 *
 * <p>Mutable while rows are being paired; belongs to one thread.
 */
final class RowPairs {
    private final int[] partnerOfLeft;
    private final int[] partnerOfRight;
    private final boolean[] equal;
    private final boolean[] byContent;
    private int pairs;

    RowPairs(int left, int right) {
        partnerOfLeft = new int[left];
        partnerOfRight = new int[right];
        equal = new boolean[left];
        byContent = new boolean[left];
        Arrays.fill(partnerOfLeft, -1);
        Arrays.fill(partnerOfRight, -1);
    }

    void pair(int left, int right, boolean same) {
        partnerOfLeft[left] = right;
        partnerOfRight[right] = left;
        equal[left] = same;
        pairs++;
    }

    /** The left row has its partner by what both hold beside their keys. */
    void markByContent(int left) {
        byContent[left] = true;
    }

    /** Whether the left row and its partner have keys of their own. */
    boolean isByContent(int left) {
        return byContent[left];
    }

    /** The right row of a left one, -1 for none. */
    int partnerOfLeft(int left) {
        return partnerOfLeft[left];
    }

    /** Whether the left row and its partner are known to be the same. */
    boolean isEqual(int left) {
        return equal[left];
    }

    boolean isComplete() {
        return pairs == partnerOfLeft.length && pairs == partnerOfRight.length;
    }

    int[] unpairedLeft() {
        return unpaired(partnerOfLeft);
    }

    int[] unpairedRight() {
        return unpaired(partnerOfRight);
    }

    private static int[] unpaired(int[] partners) {
        int count = 0;
        for (int partner : partners) {
            count += partner < 0 ? 1 : 0;
        }
        int[] rows = new int[count];
        int next = 0;
        for (int i = 0; i < partners.length && next < count; i++) {
            if (partners[i] < 0) {
                rows[next++] = i;
            }
        }
        return rows;
    }
}
