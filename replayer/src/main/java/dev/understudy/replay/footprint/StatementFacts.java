package dev.understudy.replay.footprint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.StatementKind;
import dev.understudy.pgwire.sql.TokenKind;
import dev.understudy.replay.schedule.Touch.Use;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What texts of statements say at a glance; remembered, since applications send the same ones again. */
final class StatementFacts {
    private static final long MAX_CACHED_CHARACTERS = 4_000_000;
    private static final int ENTRY_WEIGHT = 300;
    /** Objects that make the database run code, or follow rows, which the catalogs did not have. */
    private static final Set<String> CODE = Set.of(
            "function",
            "procedure",
            "routine",
            "trigger",
            "rule",
            "view",
            "policy",
            "references",
            "extension",
            "inherit",
            "inherits",
            "partition",
            "schema",
            "operator",
            "unique",
            "primary");

    private static final Pattern LOCK_MODE =
            Pattern.compile("\\bin\\s+([a-z\\s]+?)\\s+mode\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern NEXTVAL = Pattern.compile("\\bnextval\\s*\\(\\s*'([^']+)'", Pattern.CASE_INSENSITIVE);
    private static final Set<String> SKIPS = Set.of("skip", "locked");
    private static final Pattern ORDER_BY = Pattern.compile(
            "\\border\\s+by\\s+(.*?)\\s*(?=\\b(?:limit|for|fetch|offset)\\b|$)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ORDER_COLUMN = Pattern.compile(
            "\\s*(?:\\w+\\.)?(\\w+)\\s*(asc|desc)?\\s*(?:nulls\\s+(?:first|last))?\\s*", Pattern.CASE_INSENSITIVE);

    private final Cache<String, Facts> texts = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .<String, Facts>weigher((sql, facts) -> ENTRY_WEIGHT + 2 * sql.length())
            .executor(Runnable::run)
            .build();

    /**
     * About one statement.
     *
     * @param names its names, key words among them; empty for the kinds of which nobody asks
     * @param reading what becomes of the rows that it reads, of the tables that it locks
     * @param sequence the one sequence whose next value it draws, null if there is none or more than one
     * @param queue by what the rows are ordered of which it takes the first that are not locked; empty if it does not
     * @param readsSequences whether it looks at where a sequence stands
     * @param setsIsolation whether it may set, by a function, which snapshots are seen
     * @param makesTemporary whether it makes something that its session alone sees
     * @param changesCode whether it makes or removes what the database runs by itself
     */
    record Facts(
            StatementKind kind,
            Set<String> names,
            Use reading,
            @Nullable String sequence,
            List<QueueColumn> queue,
            boolean readsSequences,
            boolean setsIsolation,
            boolean makesTemporary,
            boolean changesCode) {}

    /** A column of an ORDER BY. */
    record QueueColumn(String name, boolean descending) {}

    Facts of(String sql) {
        return texts.get(sql, StatementFacts::read);
    }

    private static Facts read(String sql) {
        StatementKind kind = StatementKind.of(sql);
        List<String> words = new ArrayList<>();
        boolean isolation = false;
        for (SqlLexer lexer = new SqlLexer(sql); lexer.next(); ) {
            if (lexer.kind() == TokenKind.WORD || lexer.kind() == TokenKind.QUOTED_WORD) {
                words.add(lexer.name());
            } else if (lexer.kind() == TokenKind.STRING) {
                isolation |= lexer.text().contains("transaction_isolation");
            }
        }
        Set<String> names = new HashSet<>(words);
        boolean keepsNames = kind == StatementKind.LOCK || kind == StatementKind.SET;
        return new Facts(
                kind,
                keepsNames ? Set.copyOf(names) : Set.of(),
                kind == StatementKind.LOCK ? lockMode(sql) : reading(words),
                sequence(sql),
                names.containsAll(SKIPS) ? queue(sql) : List.of(),
                names.contains("last_value") || names.contains("is_called"),
                isolation && names.contains("set_config"),
                isTemporary(words),
                !isTemporary(words) && !Collections.disjoint(names, CODE));
    }

    /** FOR UPDATE and FOR NO KEY UPDATE lock; FOR SHARE and FOR KEY SHARE keep from being written. */
    private static Use reading(List<String> words) {
        Use use = Use.READ;
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equals("for")) {
                switch (words.get(i + 1)) {
                    case "update", "no" -> {
                        return Use.WRITE;
                    }
                    case "share", "key" -> use = Use.SHARE;
                    default -> {}
                }
            }
        }
        return use;
    }

    /** What becomes of a table by LOCK TABLE: without a mode everyone else is kept out. */
    private static Use lockMode(String sql) {
        Matcher mode = LOCK_MODE.matcher(sql);
        if (!mode.find()) {
            return Use.EXCLUDE;
        }
        return switch (mode.group(1).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ")) {
            case "access share" -> Use.READ;
            case "share" -> Use.SHARE;
            case "access exclusive" -> Use.EXCLUDE;
            default -> Use.WRITE;
        };
    }

    private static @Nullable String sequence(String sql) {
        Matcher draw = NEXTVAL.matcher(sql);
        if (!draw.find()) {
            return null;
        }
        String name = draw.group(1);
        return draw.find() ? null : name.substring(name.lastIndexOf('.') + 1).replace("\"", "");
    }

    /** The columns of the first ORDER BY, as far as they are plain names. */
    private static List<QueueColumn> queue(String sql) {
        List<QueueColumn> columns = new ArrayList<>();
        Matcher order = ORDER_BY.matcher(sql);
        if (order.find()) {
            for (String item : order.group(1).split(",")) {
                Matcher column = ORDER_COLUMN.matcher(item);
                if (!column.matches()) {
                    break;
                }
                columns.add(new QueueColumn(
                        column.group(1).toLowerCase(Locale.ROOT), "desc".equalsIgnoreCase(column.group(2))));
            }
        }
        return List.copyOf(columns);
    }

    private static boolean isTemporary(List<String> words) {
        int object = words.size() > 2
                        && (words.get(1).equals("local") || words.get(1).equals("global"))
                ? 2
                : 1;
        return words.size() > object
                && words.get(0).equals("create")
                && (words.get(object).equals("temp") || words.get(object).equals("temporary"));
    }
}
