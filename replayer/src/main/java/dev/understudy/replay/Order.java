package dev.understudy.replay;

/** In which order exchanges of different sessions are sent. */
public enum Order {
    /** One total order, one exchange at a time. */
    SERIAL,
    /** Each session in its own order, sessions side by side; order between sessions is not kept. */
    SESSION,
    /** Like SERIAL in what it proves, side by side where conflicts are ruled out. Not yet: refused as a usage error. */
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
