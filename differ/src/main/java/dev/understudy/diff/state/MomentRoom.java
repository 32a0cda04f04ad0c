package dev.understudy.diff.state;

/** How many pairs of times may still be kept, of all tables together: they travel in one record. For one thread. */
final class MomentRoom {
    private int left;

    MomentRoom(int most) {
        this.left = most;
    }

    /** Takes room for one; false if there is none. */
    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
