package dev.understudy.replay.selection;

/** Why something was left out of a run that the user wanted to be about a part. */
public enum LeftOut {
    /** Its transaction began before the window. */
    BEFORE_FROM("before-from"),
    /** Its transaction began behind the window. */
    AFTER_UNTIL("after-until"),
    /** It had ended before the cut: the copies hold what it did. */
    BEFORE_CUT("before-cut"),
    /** Its session or its statement was not asked for. */
    NOT_SELECTED("not-selected"),
    /** Its lane is another process's. */
    OTHER_SHARE("other-share");

    private final String term;

    LeftOut(String term) {
        this.term = term;
    }

    /** How it is written in outcomes and warnings. */
    public String term() {
        return term;
    }
}
