package dev.understudy.diff;

/** What the candidate is held against. */
public enum Baseline {
    /** What production answered. */
    RECORDED,
    /** What the control arm answered; production's answer then decides whose fault a difference is. */
    CONTROL
}
