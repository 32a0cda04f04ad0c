package dev.understudy.diff.statement;

import dev.understudy.diff.statement.StatementFacts.SortKey;
import dev.understudy.pgwire.sql.TokenKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from a statement's tokens which rows it chooses. What they do not tell for certain is left open. */
final class RowChoiceReader {
    private static final Set<String> AFTER_WHERE =
            Set.of("group", "having", "window", "order", "limit", "offset", "fetch", "for", "returning");
    private static final Set<String> SET_OPERATIONS = Set.of("union", "intersect", "except");
    private static final int MAX_LIMIT_DIGITS = 18;

    private final List<Token> tokens;
    private final int outer;
    private final int from;

    /**
     * A reader.
     *
     * @param from the token behind the select list, where what chooses rows begins
     */
    RowChoiceReader(List<Token> tokens, int from) {
        this.tokens = tokens;
        this.outer = tokens.stream()
                .filter(token -> !token.is(';'))
                .mapToInt(Token::depth)
                .min()
                .orElse(0);
        this.from = from;
    }

    RowChoice read(boolean limited, Set<String> tables, List<SortKey> distinctOn) {
        long limit = -1;
        int parameter = 0;
        boolean offset = false;
        boolean ties = false;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.depth() != outer || isLabel(i)) {
                continue;
            }
            Token next = tokens.get(i + 1);
            if (token.isWord("limit")) {
                limit = number(next);
                parameter = parameter(next);
            } else if (token.isWord("fetch") && (next.isWord("first") || next.isWord("next"))) {
                Token count = i + 2 < tokens.size() ? tokens.get(i + 2) : next;
                limit = count.isWord("row") || count.isWord("rows") ? 1 : number(count);
                parameter = parameter(count);
            } else if (token.isWord("offset")) {
                offset = number(next) != 0;
            } else if (token.isWord("with") && next.isWord("ties")) {
                ties = true;
            }
        }
        return new RowChoice(
                limited,
                limit,
                parameter,
                limited && offset,
                ties,
                isDrawn(),
                isOpenInside(),
                distinctOn,
                pinned(tables));
    }

    /** Behind AS or a dot, a key word is a column's name. */
    private boolean isLabel(int i) {
        return i > 0 && (tokens.get(i - 1).isWord("as") || tokens.get(i - 1).is('.'));
    }

    private static long number(Token token) {
        boolean digits = token.kind() == TokenKind.NUMBER
                && token.text().length() <= MAX_LIMIT_DIGITS
                && token.text().chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(token.text()) : -1;
    }

    private static int parameter(Token token) {
        return token.kind() == TokenKind.PARAMETER && token.text().length() <= 6
                ? Integer.parseInt(token.text().substring(1))
                : 0;
    }

    /** The outermost level's conditions, and whatever stands in parentheses within them. */
    private boolean isDrawn() {
        boolean choosing = false;
        for (int i = Math.max(0, from); i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.depth() == outer && token.kind() == TokenKind.WORD) {
                choosing = switch (token.text()) {
                    case "from", "join", "returning", "select", "order" -> false;
                    case "where", "on", "having", "tablesample" -> true;
                    default -> choosing;
                };
                if (token.text().equals("tablesample") && !isRepeatable(i)) {
                    return true;
                }
            }
            if (choosing && isCall(i) && ServerFunctions.isVolatile(token.text())) {
                return true;
            }
        }
        return false;
    }

    private boolean isRepeatable(int sample) {
        for (int i = sample; i < Math.min(tokens.size(), sample + 8); i++) {
            if (tokens.get(i).isWord("repeatable")) {
                return true;
            }
        }
        return false;
    }

    private boolean isCall(int i) {
        return tokens.get(i).isName()
                && i + 1 < tokens.size()
                && tokens.get(i + 1).is('(')
                && !(i > 0
                        && tokens.get(i - 1).is('.')
                        && !(i > 1 && tokens.get(i - 2).isWord("pg_catalog")));
    }

    private static final class Level {
        final boolean exists;
        boolean ordered;
        boolean limited;

        Level(boolean exists) {
            this.exists = exists;
        }
    }

    private boolean isOpenInside() {
        Deque<Level> levels = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is('(')) {
                levels.push(new Level(i > 0 && tokens.get(i - 1).isWord("exists")));
            } else if (token.is(')') && !levels.isEmpty()) {
                Level level = levels.pop();
                if (level.limited && !level.ordered && !level.exists) {
                    return true;
                }
            } else if (token.isWord("locked") && i > 0 && tokens.get(i - 1).isWord("skip")) {
                return true;
            } else if (token.depth() > outer && !levels.isEmpty()) {
                Level level = levels.peek();
                level.ordered |= token.isWord("by") && tokens.get(i - 1).isWord("order");
                level.limited |= (token.isWord("limit") || token.isWord("fetch")) && !isLabel(i);
                if (token.isWord("tablesample") && !isRepeatable(i) || isDrawnBefore(i)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A volatile function in a common table expression. */
    private boolean isDrawnBefore(int i) {
        return tokens.get(0).isWord("with")
                && isCall(i)
                && ServerFunctions.isVolatile(tokens.get(i).text());
    }

    /** Columns of the only table that must be equal to a constant. */
    private Set<String> pinned(Set<String> tables) {
        int where = -1;
        int end = tokens.size();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.depth() != outer) {
                continue;
            }
            boolean ofSeveral = token.isWord("join")
                    || where < 0 && i > from && token.is(',')
                    || token.kind() == TokenKind.WORD && SET_OPERATIONS.contains(token.text());
            if (ofSeveral) {
                return Set.of();
            }
            if (where < 0 && token.isWord("where")) {
                where = i + 1;
            } else if (where >= 0
                    && end == tokens.size()
                    && (token.is(';') || token.kind() == TokenKind.WORD && AFTER_WHERE.contains(token.text()))) {
                end = i;
            } else if (where >= 0 && end == tokens.size() && token.isWord("or")) {
                return Set.of();
            }
        }
        return where < 0 || tables.size() != 1 ? Set.of() : equalities(where, end);
    }

    private Set<String> equalities(int where, int end) {
        Set<String> columns = new HashSet<>();
        List<Token> conjunct = new ArrayList<>();
        for (int i = where; i <= end; i++) {
            boolean over =
                    i == end || tokens.get(i).depth() == outer && tokens.get(i).isWord("and");
            if (!over) {
                conjunct.add(tokens.get(i));
                continue;
            }
            String column = equality(conjunct);
            if (column != null) {
                columns.add(column);
            }
            conjunct.clear();
        }
        return columns;
    }

    private @Nullable String equality(List<Token> conjunct) {
        int at = 0;
        while (at + 2 < conjunct.size()
                && conjunct.get(at).isName()
                && conjunct.get(at + 1).is('.')) {
            at += 2;
        }
        boolean equality = at + 2 < conjunct.size()
                && conjunct.get(at).isName()
                && conjunct.get(at + 1).kind() == TokenKind.OPERATOR
                && conjunct.get(at + 1).text().equals("=");
        if (!equality) {
            return null;
        }
        TokenKind value = conjunct.get(at + 2).kind();
        boolean constant = value == TokenKind.NUMBER || value == TokenKind.STRING || value == TokenKind.PARAMETER;
        boolean alone = conjunct.size() == at + 3 || conjunct.get(at + 3).text().equals("::");
        return constant && alone ? StatementReader.plain(conjunct.get(at)) : null;
    }
}
