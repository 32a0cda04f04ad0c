package dev.understudy.diff.compare;

/**
 * Where in two answers a difference is. Numbers count from 0; -1 is none.
 *
 * @param aspect what it is about
 * @param step the statement of the exchange
 * @param leftRow the row of the left answer
 * @param rightRow the row of the right answer
 * @param leftColumn the column of the left answer
 * @param rightColumn the column of the right answer
 */
public record Place(Aspect aspect, int step, int leftRow, int rightRow, int leftColumn, int rightColumn) {
    /** A whole step. */
    public static Place ofStep(Aspect aspect, int step) {
        return new Place(aspect, step, -1, -1, -1, -1);
    }

    /** A row of one side or both. */
    public static Place ofRow(int step, int leftRow, int rightRow) {
        return new Place(Aspect.ROW, step, leftRow, rightRow, -1, -1);
    }

    /** A column of one side or both. */
    public static Place ofColumn(int step, int leftColumn, int rightColumn) {
        return new Place(Aspect.SHAPE, step, -1, -1, leftColumn, rightColumn);
    }
}
