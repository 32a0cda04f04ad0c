package dev.understudy.replay.blocked;

import java.util.Set;

/** Procedural languages (chapter 42): by convention the name of one without a sandbox ends in u. */
final class Languages {
    private static final Set<String> UNTRUSTED = Set.of(
            "plpythonu", "plpython2u", "plpython3u", "plperlu", "pltclu", "plsh", "plr", "pljavau", "javau", "plluau");

    private Languages() {}

    static boolean isUntrusted(String language) {
        return UNTRUSTED.contains(language);
    }
}
