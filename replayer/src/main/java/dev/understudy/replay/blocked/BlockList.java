package dev.understudy.replay.blocked;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.understudy.replay.access.Action;
import dev.understudy.trace.catalog.Catalog;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which statements are left out of a run, and by which rule. Texts are remembered; belongs to one thread. */
public final class BlockList {
    private static final long MAX_CACHED_CHARACTERS = 4_000_000;
    private static final int ENTRY_WEIGHT = 100;
    private static final Set<String> RELATIONS = Set.of("table", "view");
    private static final Set<String> ROUTINES = Set.of("function", "procedure");
    private static final int MAX_CREATE_WORDS = 8;

    private final Set<BlockedRule> allowed;
    private final LeavingObjects objects;
    private final Cache<String, Judged> plain = cache();
    private final Cache<String, Judged> escaping = cache();

    /** What is known of a text: the rule that blocks it, and whether it is about how strings are read. */
    record Judged(@Nullable BlockedRule rule, boolean aboutQuoting) {}

    private BlockList(Set<BlockedRule> allowed, LeavingObjects objects) {
        this.allowed = allowed;
        this.objects = objects;
    }

    /**
     * The rules as they are for databases.
     *
     * @param catalogs the captured database's and the arms', as far as they are known
     * @param allowed rules that do not count
     */
    public static BlockList of(List<Catalog> catalogs, Set<BlockedRule> allowed) {
        Set<BlockedRule> copy = EnumSet.noneOf(BlockedRule.class);
        copy.addAll(allowed);
        return new BlockList(copy, CatalogObjects.of(catalogs));
    }

    private static Cache<String, Judged> cache() {
        return Caffeine.newBuilder()
                .maximumWeight(MAX_CACHED_CHARACTERS)
                .<String, Judged>weigher((sql, judged) -> ENTRY_WEIGHT + 2 * sql.length())
                .executor(Runnable::run)
                .build();
    }

    /**
     * A new session's guard.
     *
     * @param backslashes whether it began with {@code standard_conforming_strings} off
     */
    public SessionGuard session(boolean backslashes) {
        return new SessionGuard(this, backslashes);
    }

    /**
     * The rule that blocks one statement's text, null if it may be sent.
     *
     * @param backslashes whether plain strings may have been read with backslash escapes; then both readings count
     */
    public @Nullable BlockedRule rule(String sql, boolean backslashes) {
        return judged(sql, backslashes).rule();
    }

    Judged judged(String sql, boolean backslashes) {
        Judged judged = plain.get(sql, text -> judge(text, false));
        if (judged.rule() == null && backslashes && sql.indexOf('\\') >= 0) {
            Judged other = escaping.get(sql, text -> judge(text, true));
            return new Judged(other.rule(), judged.aboutQuoting());
        }
        return judged;
    }

    /** The rule that blocks a call by OID, null if it may be sent. */
    @Nullable BlockedRule function(int oid) {
        return first(objects.function(oid));
    }

    private @Nullable BlockedRule first(Set<BlockedRule> rules) {
        for (BlockedRule rule : BlockedRule.values()) {
            if (rules.contains(rule) && !allowed.contains(rule)) {
                return rule;
            }
        }
        return null;
    }

    private Judged judge(String sql, boolean backslashes) {
        BlockedRule rule = first(StatementScan.statements(sql, backslashes, objects));
        if (rule != null) {
            learn(new Words(sql, backslashes), rule);
        }
        return new Judged(rule, sql.toLowerCase(Locale.ROOT).contains("standard_conforming_strings"));
    }

    /** What a withheld CREATE would have made is not there: whatever uses it later is withheld with it. */
    private void learn(Words words, BlockedRule rule) {
        if (!words.isWord(0, "create")) {
            return;
        }
        for (int i = 1; i < MAX_CREATE_WORDS; i++) {
            boolean routine = words.isAny(i, ROUTINES);
            if (routine || words.isAny(i, RELATIONS)) {
                made(words, words.isWord(i + 1, "if") ? i + 4 : i + 1, routine, EnumSet.of(rule));
                return;
            }
        }
    }

    private void made(Words words, int i, boolean routine, Set<BlockedRule> rules) {
        boolean qualified = words.is(i + 1, '.');
        String schema = qualified ? words.name(i) : "";
        String name = words.name(qualified ? i + 2 : i);
        boolean news = routine ? objects.function(schema, name, rules) : objects.read(schema, name, rules);
        if (!routine) {
            for (Action action : LeavingObjects.WRITES) {
                news |= objects.written(action, schema, name, rules);
            }
        }
        if (news) {
            plain.invalidateAll();
            escaping.invalidateAll();
        }
    }
}
