package dev.understudy.replay.selection;

/**
 * One of several processes that share a trace by its lanes. Static: a session stays where it began.
 *
 * @param number which one, from 1
 * @param of how many
 */
public record Share(int number, int of) {
    /** All of it. */
    public static final Share WHOLE = new Share(1, 1);

    private static final int MOST = 1000;

    /** Checks the range. */
    public Share {
        if (of < 1 || of > MOST || number < 1 || number > of) {
            throw new IllegalArgumentException(
                    "share=" + number + "/" + of + ": expected I/N with I from 1 to N, and N at most " + MOST);
        }
    }

    /**
     * Reads {@code I/N}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Share parse(String text) {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 2) {
                return new Share(Integer.parseInt(parts[0].trim()), Integer.parseInt(parts[1].trim()));
            }
        } catch (NumberFormatException e) {
            // falls through to the one message that says what is expected
        }
        throw new IllegalArgumentException("share=" + text + ": expected I/N, such as 1/2");
    }

    /** Whether a lane, told by its partition, is this one's. */
    public boolean has(int partition) {
        return partition % of == number - 1;
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
