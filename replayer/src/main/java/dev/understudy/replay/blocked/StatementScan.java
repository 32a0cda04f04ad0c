package dev.understudy.replay.blocked;

import dev.understudy.pgwire.sql.TokenKind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Finds in a text what reaches beyond the database: commands where a statement begins, calls wherever a name is followed
 * by a parenthesis, relations where a clause names them, and the same in the bodies of routines and DO blocks, whose
 * strings count too where the body runs text.
 */
final class StatementScan {
    private static final int MAX_DEPTH = 4;
    /** What a statement of a body may follow. */
    private static final Set<String> BEFORE_STATEMENT = Set.of("begin", "then", "else", "loop");

    private static final Set<String> CHANGES = Set.of("create", "alter", "drop");
    private static final Set<String> ROLES = Set.of("role", "user", "group");
    /** Commands that name functions without calling them. */
    private static final Set<String> ABOUT_OBJECTS = Set.of("grant", "revoke", "comment", "drop", "security");

    private static final Set<String> ROUTINES = Set.of("function", "procedure", "routine", "aggregate");
    /** A name behind these is being made or named, not called. */
    private static final Set<String> NOT_A_CALL = Set.of(
            "into",
            "table",
            "exists",
            "references",
            "copy",
            "as",
            "function",
            "procedure",
            "routine",
            "aggregate",
            "view",
            "with",
            "recursive",
            "type");

    private static final Set<String> MAKES_LANGUAGE = Set.of("create", "replace", "trusted", "procedural");

    private final Words words;
    private final LeavingObjects objects;
    private final boolean backslashes;
    private final int depth;
    private final boolean runsText;
    private final Set<BlockedRule> found;
    private final RelationScan relations;

    private StatementScan(
            String sql, boolean backslashes, LeavingObjects objects, int depth, boolean body, Set<BlockedRule> found) {
        this.words = new Words(sql, backslashes);
        this.objects = objects;
        this.backslashes = backslashes;
        this.depth = depth;
        this.found = found;
        this.runsText = body && has("execute") || hasAny(ServerFunctions.RUN_TEXT);
        this.relations = new RelationScan(words, objects, found);
    }

    /**
     * Scans one or more statements.
     *
     * @param backslashes whether a backslash escapes in plain strings too
     */
    static Set<BlockedRule> statements(String sql, boolean backslashes, LeavingObjects objects) {
        Set<BlockedRule> found = EnumSet.noneOf(BlockedRule.class);
        new StatementScan(sql, backslashes, objects, 0, false, found).scan();
        return found;
    }

    /** Scans a routine's definition or body, an expression, or a view's query. */
    static Set<BlockedRule> code(String sql, LeavingObjects objects) {
        Set<BlockedRule> found = EnumSet.noneOf(BlockedRule.class);
        new StatementScan(sql, false, objects, 1, true, found).scan();
        return found;
    }

    private boolean has(String word) {
        for (int i = 0; i < words.size(); i++) {
            if (words.isWord(i, word)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasAny(Set<String> names) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.isName(i) && words.is(i + 1, '(') && names.contains(words.name(i))) {
                return true;
            }
        }
        return false;
    }

    private void scan() {
        boolean aboutObjects = false;
        for (int i = 0; i < words.size(); i++) {
            if (isStart(i)) {
                aboutObjects =
                        words.isAny(i, ABOUT_OBJECTS) || words.isWord(i, "alter") && words.isAny(i + 1, ROUTINES);
                command(i);
            }
            if (words.isWord(i, "copy")) {
                copy(i);
            }
            if (words.is(i, '(') && !aboutObjects) {
                boolean escape = words.isWord(i - 2, "uescape") && words.has(i - 1, TokenKind.STRING);
                call(escape ? i - 3 : i - 1);
            } else if (words.has(i, TokenKind.STRING) && (runsText || depth > 0 && isBody(i))) {
                nested(words.string(i));
            } else if (isLanguage(i)) {
                language(words.has(i + 1, TokenKind.STRING) ? words.string(i + 1) : words.name(i + 1));
            }
        }
        relations.scan();
    }

    private boolean isStart(int i) {
        return words.isName(i)
                && (i == 0
                        || words.is(i - 1, ';')
                        || words.isWord(i - 1, "atomic")
                        || depth > 0 && (words.isAny(i - 1, BEFORE_STATEMENT) || words.isOperator(i - 1, ">>")));
    }

    private void command(int i) {
        if (words.isWord(i, "alter") && words.isWord(i + 1, "system")) {
            found.add(BlockedRule.ALTER_SYSTEM);
        } else if (words.isAny(i, CHANGES)) {
            change(i + 1);
        } else if (words.isWord(i, "load") && words.has(i + 1, TokenKind.STRING)) {
            found.add(BlockedRule.LOAD);
        } else if (words.isWord(i, "import") && words.isWord(i + 1, "foreign")) {
            found.add(BlockedRule.FOREIGN_TABLE);
        } else if (words.isWord(i, "reassign") && words.isWord(i + 1, "owned")) {
            found.add(BlockedRule.ROLE);
        } else if ((words.isWord(i, "grant") || words.isWord(i, "revoke")) && !words.contains(i, "on")) {
            found.add(BlockedRule.ROLE);
        } else if (words.isWord(i, "do")) {
            for (int k = i + 1; k < words.size() && !words.is(k, ';'); k++) {
                boolean language = words.isWord(k - 1, "language");
                if (words.has(k, TokenKind.STRING) && !language && !runsText) {
                    nested(words.string(k));
                }
            }
        }
    }

    private void change(int i) {
        if (words.isWord(i, "subscription")) {
            found.add(BlockedRule.REPLICATION);
        } else if (words.isWord(i, "database")) {
            found.add(BlockedRule.DATABASE);
        } else if (words.isWord(i, "tablespace")) {
            found.add(BlockedRule.TABLESPACE);
        } else if (words.isAny(i, ROLES) && !words.isWord(i + 1, "mapping")) {
            found.add(BlockedRule.ROLE);
        } else if (words.isWord(i - 1, "drop") && words.isWord(i, "owned")) {
            found.add(BlockedRule.ROLE);
        } else if (words.isWord(i - 1, "create")) {
            int kind = words.isWord(i, "or") ? i + 2 : i;
            if ((words.isWord(kind, "function") || words.isWord(kind, "procedure")) && depth == 0 && !runsText) {
                bodies(kind);
            }
        }
    }

    /** The strings behind AS of a routine that is being made. */
    private void bodies(int from) {
        for (int k = from; k < words.size() && !words.is(k, ';'); k++) {
            if (words.has(k, TokenKind.STRING) && words.isWord(k - 1, "as")) {
                nested(words.string(k));
            }
        }
    }

    /** Whether the string there is a routine's body, in a definition as the catalog has it. */
    private boolean isBody(int i) {
        return words.isWord(i - 1, "as") && (words.isWord(0, "create"));
    }

    private void nested(String text) {
        if (depth < MAX_DEPTH) {
            new StatementScan(text, backslashes, objects, depth + 1, true, found).scan();
        }
    }

    /** LANGUAGE where a routine or a DO block says in what it is written. */
    private boolean isLanguage(int i) {
        return words.isWord(i, "language")
                && (words.isName(i + 1) || words.has(i + 1, TokenKind.STRING))
                && !words.isAny(i - 1, MAKES_LANGUAGE)
                && (words.isWord(0, "do") || words.isWord(0, "create") && !words.isWord(1, "extension"));
    }

    private void language(String name) {
        String language = name.toLowerCase(Locale.ROOT);
        if (Languages.isUntrusted(language)) {
            found.add(BlockedRule.UNTRUSTED_LANGUAGE);
        } else if (language.equals("c") && depth == 0) {
            found.add(BlockedRule.LOAD);
        }
    }

    /** COPY name [(columns)] | (query) FROM | TO PROGRAM 'command' | 'file'. */
    private void copy(int at) {
        int i = words.isWord(at + 1, "binary") && words.isName(at + 2) && !isDirection(at + 2) ? at + 2 : at + 1;
        if (words.isName(i) && !isDirection(i)) {
            i++;
            while (words.is(i, '.') && words.isName(i + 1)) {
                i += 2;
            }
        } else if (!words.is(i, '(')) {
            return;
        }
        if (words.is(i, '(')) {
            i = behind(i);
        }
        if (isDirection(i)) {
            if (words.isWord(i + 1, "program")) {
                found.add(BlockedRule.COPY_PROGRAM);
            } else if (words.has(i + 1, TokenKind.STRING)) {
                found.add(BlockedRule.COPY_FILE);
            }
        }
    }

    private boolean isDirection(int i) {
        return words.isWord(i, "from") || words.isWord(i, "to");
    }

    /** The index behind the parenthesis that closes the one at {@code i}. */
    private int behind(int i) {
        int open = 0;
        for (int k = i; k < words.size(); k++) {
            open += words.is(k, '(') ? 1 : words.is(k, ')') ? -1 : 0;
            if (open == 0) {
                return k + 1;
            }
        }
        return words.size();
    }

    private void call(int name) {
        if (!words.isName(name)) {
            return;
        }
        boolean qualified = words.is(name - 1, '.') && words.isName(name - 2);
        Set<BlockedRule> rules = objects.function(qualified ? words.name(name - 2) : "", words.name(name));
        if (!rules.isEmpty()) {
            int first = qualified ? name - 2 : name;
            while (words.is(first - 1, '.') && words.isName(first - 2)) {
                first -= 2;
            }
            boolean fired = words.isWord(first - 2, "execute");
            boolean indexed = words.isWord(first - 1, "on") && words.isWord(0, "create");
            if (fired || !words.isAny(first - 1, NOT_A_CALL) && !indexed) {
                found.addAll(rules);
            }
        }
    }
}
