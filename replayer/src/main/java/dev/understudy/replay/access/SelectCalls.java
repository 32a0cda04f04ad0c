package dev.understudy.replay.access;

import dev.understudy.pgwire.sql.TokenKind;
import dev.understudy.replay.access.StatementColumns.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads which columns of a SELECT list are the value of one function. */
final class SelectCalls {
    private static final Set<String> AFTER_LIST =
            Set.of("from", "where", "group", "having", "window", "order", "limit", "offset", "fetch", "for", "into");

    private final Tokens tokens;

    SelectCalls(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Reads from behind SELECT; empty if no column is such. */
    List<Call> read(int from, int to) {
        int start = tokens.isWord(from, "all") ? from + 1 : from;
        int end = tokens.find(start, to, AFTER_LIST);
        List<Call> calls = new ArrayList<>();
        boolean any = false;
        for (int i = start; i <= end; i = i < end ? tokens.after(i) : i + 1) {
            if (i == end || tokens.is(i, ',')) {
                if (tokens.isOperator(i - 1, "*") || tokens.isWord(start, "distinct")) {
                    break; // stands for any number of columns
                }
                Call call = call(start, i);
                any |= !call.function().isEmpty();
                calls.add(call);
                start = i + 1;
            }
        }
        return any ? calls : List.of();
    }

    /** {@code function(['argument'[::type]])[::type] [[AS] name]}. */
    private Call call(int from, int to) {
        int name = tokens.isWord(from, "pg_catalog") && tokens.is(from + 1, '.') ? from + 2 : from;
        if (!tokens.isName(name) || !tokens.is(name + 1, '(')) {
            return Call.OTHER;
        }
        int close = tokens.close(name + 1);
        int end = new OperandTokens(tokens).end(close);
        end += tokens.isWord(end, "as") ? 1 : 0;
        end += end < to && tokens.isName(end) ? 1 : 0;
        int argument = name + 2;
        boolean none = argument == close;
        boolean one = new OperandTokens(tokens).isOperand(argument)
                && tokens.has(argument, TokenKind.STRING)
                && new OperandTokens(tokens).end(argument) == close;
        if (end != to || !none && !one) {
            return Call.OTHER;
        }
        String text = none ? "" : tokens.text(argument);
        return new Call(tokens.text(name), none ? "" : text.substring(1, text.length() - 1));
    }
}
