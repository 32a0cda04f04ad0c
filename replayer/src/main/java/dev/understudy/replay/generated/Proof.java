package dev.understudy.replay.generated;

/** What shows that a recorded value and an arm's are twins; what comes later is stronger. */
enum Proof {
    /** They stood at one place of two answers: enough to ask the arm for its own, and no more. */
    NONE,
    /** They stood so, and both sequences gave out as many values before them since the run's beginning. */
    SAME_DRAW,
    /** Both were seen where they were drawn, or told as what the session drew last. */
    DRAWN
}
