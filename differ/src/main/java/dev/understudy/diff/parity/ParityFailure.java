package dev.understudy.diff.parity;

/**
 * What makes the comparison of the arms worthless: differences can't be blamed on the migration then.
 *
 * @param name what it is called
 * @param text what was found, and what to do
 */
public record ParityFailure(ParityName name, String text) {
    /** For people: the name first. */
    public String sentence() {
        return name + ": " + text;
    }
}
