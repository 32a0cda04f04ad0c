package dev.understudy.pgwire.exchange;

import static dev.understudy.pgwire.exchange.AnswerFrames.END;

import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import java.util.List;

/** Reads the answer to one Query: a result for each statement in its text, up to the error that stops it. */
final class SimpleQueryReading {
    private final String sql;
    private final List<SqlPart> parts;
    private final ResultReading results;
    private final AnswerFrames answer;
    private final BookKeeping books;
    private final Answered answered;
    private int next;
    private StepBuilder step;

    SimpleQueryReading(String sql, ResultReading results, AnswerFrames answer, BookKeeping books, Answered answered) {
        this.sql = sql;
        this.parts = SqlSplitter.split(sql);
        this.results = results;
        this.answer = answer;
        this.books = books;
        this.answered = answered;
        this.step = begin();
    }

    /** Reads up to ReadyForQuery, which is not consumed; false if the answer ended before it. */
    boolean read() {
        books.closeStatement("");
        books.closePortal("");
        for (; ; ) {
            switch (results.query(step)) {
                case BackendType.ROW_DESCRIPTION -> {
                    answered.step(step.unfinished());
                    step = StepBuilder.simple(step.sql());
                }
                case BackendType.COMMAND_COMPLETE -> completed();
                case BackendType.EMPTY_QUERY_RESPONSE -> {
                    answer.drop();
                    answered.step(step.completed(""));
                    step = begin();
                }
                case BackendType.ERROR_RESPONSE -> {
                    ServerMessage error = answered.error(answer.take());
                    answered.step(located(error).failed(error));
                    return answer.seek("") != END;
                }
                case END -> {
                    if (next < parts.size()) {
                        answered.step(step.unfinished());
                    }
                    return false;
                }
                default -> {
                    if (step.hasAnswer()) {
                        answered.step(step.unfinished());
                    }
                    return true;
                }
            }
        }
    }

    private void completed() {
        String tag = answer.commandTag();
        if (next >= parts.size()) {
            answer.countUnexplained();
        }
        SqlEffects.noteExecute(step.sql(), books);
        SqlEffects.apply(tag, step.sql(), books);
        answered.step(step.completed(tag));
        next++;
        step = begin();
    }

    private StepBuilder begin() {
        return StepBuilder.simple(next < parts.size() ? parts.get(next).sql() : sql);
    }

    /**
     * The step that an error ends: usually the one under way. The whole text is parsed before anything runs, so the
     * first error may lie in a later statement; its position in the text tells.
     */
    private StepBuilder located(ServerMessage error) {
        if (step.hasAnswer() || next >= parts.size()) {
            return step;
        }
        int position = position(error) - 1;
        for (SqlPart part : parts.subList(next, parts.size())) {
            if (position >= part.start() && position < part.end()) {
                return StepBuilder.simple(part.sql());
            }
        }
        return step;
    }

    /** The error's position in the query's text in characters from 1, or 0. */
    private int position(ServerMessage error) {
        String position = error.fields().getOrDefault('P', "");
        try {
            int characters = position.isEmpty() ? 0 : Integer.parseInt(position);
            return characters <= sql.length() ? sql.offsetByCodePoints(0, characters) : 0;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return 0;
        }
    }
}
