package dev.understudy.pgwire.sql;

import java.util.Set;

/** Writes one text's normal form, token by token. */
final class Normalizer {
    private static final String PLACEHOLDER = "?";

    /** Words behind which an opening parenthesis is set apart: it begins no argument list there. */
    private static final Set<String> APART = Set.of(
            "all",
            "and",
            "as",
            "between",
            "by",
            "case",
            "check",
            "distinct",
            "else",
            "except",
            "exists",
            "filter",
            "from",
            "having",
            "in",
            "intersect",
            "into",
            "is",
            "join",
            "key",
            "lateral",
            "like",
            "limit",
            "materialized",
            "not",
            "offset",
            "on",
            "or",
            "over",
            "returning",
            "select",
            "set",
            "then",
            "union",
            "unique",
            "using",
            "values",
            "when",
            "where",
            "with");

    /** Words behind which a minus is a sign. */
    private static final Set<String> BEFORE_OPERAND = Set.of(
            "all",
            "and",
            "between",
            "by",
            "case",
            "default",
            "distinct",
            "else",
            "having",
            "ilike",
            "in",
            "is",
            "like",
            "limit",
            "not",
            "offset",
            "on",
            "or",
            "return",
            "returning",
            "select",
            "then",
            "to",
            "values",
            "when",
            "where");

    private static final Set<String> CONSTANT_WORDS = Set.of("null", "true", "false");

    private final SqlLexer lexer;
    private final FoldedText out;
    private String firstWord = "";
    private String sign = "";
    private boolean begun;
    private boolean semicolon;

    Normalizer(String sql) {
        this.lexer = new SqlLexer(sql);
        this.out = new FoldedText(sql.length());
    }

    String normalize() {
        while (lexer.next()) {
            if (lexer.is(';')) {
                flushSign();
                semicolon = !out.isEmpty();
                continue;
            }
            if (semicolon) {
                out.append(";", false);
                semicolon = false;
                begun = false;
            }
            if (lexer.kind() == TokenKind.NUMBER) {
                sign = "";
            }
            flushSign();
            token();
        }
        flushSign();
        return out.finish();
    }

    private void token() {
        if (!begun) {
            begun = true;
            firstWord = lexer.kind() == TokenKind.WORD ? lexer.name() : "";
        }
        switch (lexer.kind()) {
            case STRING, NUMBER, PARAMETER -> append(PLACEHOLDER);
            case WORD -> word(lexer.name());
            case QUOTED_WORD -> append(isThrowawayName("") ? PLACEHOLDER : lexer.text());
            case OPERATOR -> operator(lexer.text());
            case PUNCTUATION -> punctuation(lexer.text());
            case OTHER -> append(lexer.text());
        }
    }

    private void word(String word) {
        if (CONSTANT_WORDS.contains(word) && out.isBeforeListedOperand() || isThrowawayName(word)) {
            append(PLACEHOLDER);
        } else {
            append(word);
        }
    }

    /** Names that drivers and frameworks count up: savepoints, and prepared statements where they are dropped. */
    private boolean isThrowawayName(String word) {
        String previous = out.last();
        return switch (firstWord) {
            case "savepoint" -> previous.equals("savepoint");
            case "release" -> previous.equals("savepoint") || previous.equals("release") && !word.equals("savepoint");
            case "rollback" -> previous.equals("savepoint") || previous.equals("to") && !word.equals("savepoint");
            case "deallocate" ->
                previous.equals("prepare")
                        || previous.equals("deallocate") && !word.equals("all") && !word.equals("prepare");
            default -> false;
        };
    }

    private void operator(String operator) {
        if ((operator.equals("-") || operator.equals("+")) && isBeforeOperand()) {
            sign = operator;
        } else {
            append(operator);
        }
    }

    private boolean isBeforeOperand() {
        return out.isEmpty() || out.isBeforeListedOperand() || BEFORE_OPERAND.contains(out.last());
    }

    private void flushSign() {
        if (!sign.isEmpty()) {
            append(sign);
            sign = "";
        }
    }

    private void punctuation(String mark) {
        switch (mark) {
            case "(" -> out.open(mark, isApart(), out.last().equals("in"));
            case "[" -> out.open(mark, out.isBeforeListedOperand(), out.last().equals("array") || out.isInArray());
            case ")", "]" -> out.close(mark);
            case "," -> out.comma();
            default -> append(mark);
        }
    }

    private boolean isApart() {
        return !out.lastIsName() || APART.contains(out.last());
    }

    private void append(String token) {
        boolean glued = token.equals(".")
                || token.equals("::")
                || out.last().equals(".")
                || out.last().equals("::");
        out.append(token, !glued);
    }
}
