package dev.understudy.pgwire.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a simple query's text into its statements, as the server does: at semicolons outside parentheses (a rule's
 * actions stand in them) and outside the {@code BEGIN ATOMIC … END} body of a function or procedure. Empty statements
 * are left out, since the server answers none of them.
 */
public final class SqlSplitter {
    private final SqlLexer lexer;
    private int words;
    private boolean create;
    private boolean routine;
    private boolean afterBegin;
    private int parentheses;
    private int blocks;

    private SqlSplitter(String sql) {
        this.lexer = new SqlLexer(sql);
    }

    /** The statements in order; none for an empty text. */
    public static List<SqlPart> split(String sql) {
        return new SqlSplitter(sql).parts(sql);
    }

    private List<SqlPart> parts(String sql) {
        List<SqlPart> parts = new ArrayList<>(1);
        int start = -1;
        int end = -1;
        while (lexer.next()) {
            if (lexer.is(';') && parentheses == 0 && blocks == 0) {
                if (start >= 0) {
                    parts.add(new SqlPart(sql.substring(start, end), start, end));
                }
                start = -1;
                words = 0;
                routine = false;
                afterBegin = false;
                continue;
            }
            start = start < 0 ? lexer.start() : start;
            end = lexer.end();
            nesting();
        }
        if (start >= 0) {
            parts.add(new SqlPart(sql.substring(start, end), start, end));
        }
        return parts;
    }

    private void nesting() {
        boolean begin = false;
        if (lexer.is('(')) {
            parentheses++;
        } else if (lexer.is(')')) {
            parentheses = Math.max(0, parentheses - 1);
        } else if (lexer.kind() == TokenKind.WORD) {
            words++;
            beginsRoutine();
            if (routine && parentheses == 0) {
                begin = lexer.isWord("begin");
                if ((afterBegin && lexer.isWord("atomic")) || (blocks > 0 && lexer.isWord("case"))) {
                    blocks++;
                } else if (blocks > 0 && lexer.isWord("end")) {
                    blocks--;
                }
            }
        }
        afterBegin = begin;
    }

    /** CREATE [OR REPLACE] FUNCTION | PROCEDURE: only there can a body begin. */
    private void beginsRoutine() {
        switch (words) {
            case 1 -> create = lexer.isWord("create");
            case 2 -> routine = create && isRoutineWord();
            case 4 -> routine |= create && isRoutineWord();
            default -> {}
        }
    }

    private boolean isRoutineWord() {
        return lexer.isWord("function") || lexer.isWord("procedure");
    }
}
