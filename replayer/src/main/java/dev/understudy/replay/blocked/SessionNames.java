package dev.understudy.replay.blocked;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of one session, the prepared statements and portals (cursors are portals) that would run something blocked. Those of
 * the protocol and those of SQL share their names. What is closed or gone with its transaction may stay here: the name
 * is made anew before it can be used again.
 */
final class SessionNames {
    private final BlockList list;
    private final Map<String, BlockedRule> statements = new HashMap<>();
    private final Map<String, BlockedRule> portals = new HashMap<>();
    /** Whether plain strings may be read with backslash escapes. */
    private boolean backslashes;

    SessionNames(BlockList list, boolean backslashes) {
        this.list = list;
        this.backslashes = backslashes;
    }

    void statement(String name, @Nullable BlockedRule rule) {
        put(statements, name, rule);
    }

    void portal(String name, @Nullable BlockedRule rule) {
        put(portals, name, rule);
    }

    @Nullable BlockedRule statement(String name) {
        return statements.get(name);
    }

    @Nullable BlockedRule portal(String name) {
        return portals.get(name);
    }

    /** Whether nothing is known here that could be run. */
    boolean isEmpty() {
        return statements.isEmpty() && portals.isEmpty();
    }

    boolean readsBackslashes() {
        return backslashes;
    }

    /** What is sent in a blocked statement's place, so that its name is there to be deallocated; null for nothing. */
    static @Nullable String instead(String sql) {
        Words words = new Words(sql, false);
        return words.isWord(0, "prepare") && words.isName(1)
                ? "PREPARE \"" + words.name(1).replace("\"", "\"\"") + "\" AS SELECT"
                : null;
    }

    private static void put(Map<String, BlockedRule> map, String name, @Nullable BlockedRule rule) {
        if (rule == null) {
            map.remove(name);
        } else {
            map.put(name, rule);
        }
    }

    /** The rule for one statement of a text, null if it may be sent; notes what the statement names. */
    @Nullable BlockedRule rule(String sql) {
        BlockList.Judged judged = list.judged(sql, backslashes);
        backslashes |= judged.aboutQuoting();
        if (judged.rule() == null && statements.isEmpty() && portals.isEmpty()) {
            return null;
        }
        return byName(new Words(sql, backslashes), judged.rule());
    }

    private @Nullable BlockedRule byName(Words words, @Nullable BlockedRule own) {
        if (words.isWord(0, "prepare") && !words.isWord(1, "transaction")) {
            statement(words.name(1), own);
            return own;
        }
        if (words.isWord(0, "declare")) {
            portal(words.name(1), own);
            return own;
        }
        if (own != null) {
            return own;
        }
        if (words.isWord(0, "fetch") || words.isWord(0, "move") || words.isWord(0, "close")) {
            int last = words.size() - 1;
            return portals.get(words.name(words.is(last, ';') ? last - 1 : last));
        }
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.isWord(i, "execute") && statements.containsKey(words.name(i + 1))) {
                return statements.get(words.name(i + 1));
            }
        }
        return null;
    }
}
