package dev.understudy.replay.failure;

/** A run is refused for safety; nothing has been sent. The command line exits 5. */
public final class SafetyRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String rule;

    /** A refusal by a rule; the text says what was found, and what to do. */
    public SafetyRefusal(String rule, String text) {
        super("rule=" + rule + ": " + text);
        this.rule = rule;
    }

    /** The rule that refuses, such as {@code unmarked}. */
    public String rule() {
        return rule;
    }
}
