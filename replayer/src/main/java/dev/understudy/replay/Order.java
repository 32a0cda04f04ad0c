package dev.understudy.replay;

/** In which order exchanges of different sessions are sent. */
public enum Order {
    /** One total order, one exchange at a time. */
    SERIAL,
    /** Each session in its own order, sessions side by side; order between sessions is not kept. */
    SESSION,
    /** The order of SERIAL where two may conflict, side by side where that is ruled out. */
    CAUSAL;

    /** How it is written on the command line and in a run's start. */
    public String term() {
        return switch (this) {
            case SERIAL -> "serial";
            case SESSION -> "session";
            case CAUSAL -> "causal";
        };
    }
}
