package dev.understudy.diff.statement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** The facts of statements by their text, remembered. Thread-safe. */
public final class Statements {
    /** Texts remembered hold so many characters together. */
    private static final long MAX_CACHED_CHARACTERS = 8_000_000;
    /** Per entry, whatever its text: facts have a size of their own. */
    private static final int ENTRY_WEIGHT = 200;

    private final Cache<String, StatementFacts> facts = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .<String, StatementFacts>weigher((sql, read) -> sql.length() + ENTRY_WEIGHT)
            .executor(Runnable::run)
            .build();

    /** The facts of one statement's text. */
    public StatementFacts of(String sql) {
        return sql.isEmpty() ? StatementFacts.NONE : facts.get(sql, StatementReader::read);
    }
}
