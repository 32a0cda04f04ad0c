package dev.understudy.replay.access;

import dev.understudy.pgwire.sql.TableNames;
import dev.understudy.pgwire.sql.TokenKind;
import dev.understudy.replay.access.StatementUses.Reach;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads which tables a statement names and what it does to them. Queries and DML are followed scope by scope; of other
 * statements every name counts, and what may run text that is not here may touch anything.
 */
final class UsesReader {
    private final String sql;
    private final Tokens tokens;

    private UsesReader(String sql) {
        this.sql = sql;
        this.tokens = new Tokens(sql);
    }

    /** Reads one statement. Time is linear in its text, but for the depth of its parentheses. */
    static StatementUses read(String sql) {
        return new UsesReader(sql).read();
    }

    private StatementUses read() {
        if (tokens.size() == 0) {
            return StatementUses.NOTHING;
        }
        if (!tokens.isWhole()) {
            return reaching(Reach.WRITES_ANYTHING);
        }
        if (tokens.is(0, '(')) {
            return query(0);
        }
        return switch (tokens.word(0)) {
            case "select", "values", "table", "with", "insert", "update", "delete", "merge" -> query(0);
            case "explain" -> query(tokens.find(1, tokens.size(), ScopeReader.VERBS));
            case "declare" -> query(tokens.find(1, tokens.size(), Set.of("for")) + 1);
            case "truncate" -> truncate();
            case "copy" -> copy();
            case "fetch", "move" -> reaching(Reach.READS_ANYTHING);
            case "call", "do" -> mentions();
            case "create", "drop" -> isAboutIndex() ? StatementUses.NOTHING : mentions();
            case "alter", "grant", "revoke", "refresh", "security", "import", "reassign" -> mentions();
            case "begin",
                    "start",
                    "commit",
                    "end",
                    "abort",
                    "rollback",
                    "savepoint",
                    "release",
                    "set",
                    "reset",
                    "show",
                    "discard",
                    "listen",
                    "unlisten",
                    "notify",
                    "prepare",
                    "deallocate",
                    "close",
                    "checkpoint",
                    "load",
                    "vacuum",
                    "analyze",
                    "analyse",
                    "reindex",
                    "cluster",
                    "lock",
                    "comment" -> StatementUses.NOTHING;
            default -> reaching(Reach.WRITES_ANYTHING);
        };
    }

    private static StatementUses reaching(Reach reach) {
        return new StatementUses(List.of(), Set.of(), Set.of(), reach);
    }

    private StatementUses query(int from) {
        ScopeReader reader = new ScopeReader(tokens);
        reader.statement(from, end());
        return reader.uses();
    }

    private int end() {
        int end = tokens.size();
        while (end > 0 && tokens.is(end - 1, ';')) {
            end--;
        }
        return end;
    }

    private StatementUses truncate() {
        List<TableUse> uses = new ArrayList<>();
        for (int i = 1; i < end(); i++) {
            boolean option = tokens.isWord(i, "restart") || tokens.isWord(i, "continue") || tokens.isWord(i, "cascade");
            if (option) {
                break;
            }
            if (tokens.isName(i) && !tokens.isWord(i, "table") && !tokens.isWord(i, "only")) {
                boolean qualified = tokens.is(i + 1, '.') && tokens.isName(i + 2);
                String schema = qualified ? tokens.text(i) : "";
                i += qualified ? 2 : 0;
                uses.add(TableUse.of(schema, tokens.text(i), Action.TRUNCATE));
            }
        }
        return new StatementUses(uses, Set.of(), Set.of(), Reach.NAMED);
    }

    /** COPY table [(columns)] FROM | TO, COPY (query) TO. */
    private StatementUses copy() {
        if (tokens.is(1, '(')) {
            ScopeReader reader = new ScopeReader(tokens);
            reader.statement(2, tokens.close(1));
            return reader.uses();
        }
        int name = tokens.isWord(1, "binary") ? 2 : 1;
        if (!tokens.isName(name)) {
            return reaching(Reach.WRITES_ANYTHING);
        }
        boolean qualified = tokens.is(name + 1, '.') && tokens.isName(name + 2);
        boolean in = tokens.find(name, end(), Set.of("from", "to")) < end()
                && tokens.isWord(tokens.find(name, end(), Set.of("from", "to")), "from");
        TableUse use = TableUse.of(
                qualified ? tokens.text(name) : "",
                tokens.text(qualified ? name + 2 : name),
                in ? Action.INSERT : Action.READ);
        return new StatementUses(List.of(use), Set.of(), Set.of(), Reach.NAMED);
    }

    private boolean isAboutIndex() {
        int object = tokens.isWord(1, "unique") ? 2 : 1;
        return tokens.isWord(object, "index");
    }

    /** A statement of which only the names count; the body of a DO stands in a string. */
    private StatementUses mentions() {
        Set<String> words = new HashSet<>();
        Reach reach = Reach.NAMED;
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.isName(i)) {
                words.add(tokens.text(i));
            } else if (tokens.isWord(0, "do") && tokens.has(i, TokenKind.STRING)) {
                words.addAll(Names.inside(tokens.text(i)));
                reach = words.contains("execute") ? Reach.WRITES_ANYTHING : reach;
            }
        }
        List<TableUse> uses = new ArrayList<>();
        for (String name : tokens.isWord(0, "do") ? Set.<String>of() : TableNames.of(sql)) {
            int dot = name.lastIndexOf('.');
            uses.add(TableUse.of(name.substring(0, Math.max(0, dot)), name.substring(dot + 1), Action.ANY));
        }
        return new StatementUses(uses, Set.of(), words, reach);
    }
}
