package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares two answers to one exchange. Pure; thread-safe. */
public final class AnswerComparison {
    private final Statements statements;

    /** A comparison that looks statements up there. */
    public AnswerComparison(Statements statements) {
        this.statements = statements;
    }

    /** What differs, step by step. Never throws for what the answers hold: what can't be read is uncovered. */
    public Comparison compare(Answer left, Answer right) {
        DifferenceSink sink = new DifferenceSink();
        if (left.interpretation().unexplained() > 0 || right.interpretation().unexplained() > 0) {
            sink.uncovered(DifferenceClass.RUN_COVERAGE, -1, "frames that fit no request");
        }
        List<Step> before = left.interpretation().steps();
        List<Step> after = right.interpretation().steps();
        int steps = Math.max(before.size(), after.size());
        for (int i = 0; i < steps && !sink.endsAnswers(); i++) {
            Step a = i < before.size() ? before.get(i) : null;
            Step b = i < after.size() ? after.get(i) : null;
            step(i, a, b, left, right, sink);
        }
        if (!sink.endsAnswers()) {
            status(left, right, sink);
        }
        return sink.comparison();
    }

    private void step(int index, @Nullable Step a, @Nullable Step b, Answer left, Answer right, DifferenceSink sink) {
        ServerMessage leftError = a == null ? null : a.error();
        ServerMessage rightError = b == null ? null : b.error();
        if (leftError != null || rightError != null) {
            errors(index, a, b, left, right, sink);
        } else if (b == null || isUnfinished(b) && a != null && !isUnfinished(a)) {
            noEnd(index, right, sink, true);
        } else if (a == null || isUnfinished(a) && !isUnfinished(b)) {
            noEnd(index, left, sink, false);
        } else if (isUnfinished(b) && (left.brokenOff() || right.brokenOff())) {
            sink.uncovered(DifferenceClass.RUN_COVERAGE, index, "answer broken off");
        } else {
            new StepComparison(index, facts(a.sql().isEmpty() ? b.sql() : a.sql()), left, right, sink).compare();
        }
    }

    /** What COPY copies out in order is what its query orders. */
    private StatementFacts facts(String sql) {
        StatementFacts facts = statements.of(sql);
        String copied = facts.verb().equals("copy") ? CopyQuery.of(sql) : "";
        return copied.isEmpty() ? facts : statements.of(copied);
    }

    private void errors(int index, @Nullable Step a, @Nullable Step b, Answer left, Answer right, DifferenceSink sink) {
        ServerMessage leftError = a == null ? null : a.error();
        ServerMessage rightError = b == null ? null : b.error();
        boolean leftUnknown = leftError == null && (a == null || isUnfinished(a)) && (left.cut() || left.brokenOff());
        boolean rightUnknown = rightError == null && (b == null || isUnfinished(b)) && right.cut();
        if (leftUnknown || rightUnknown) {
            sink.uncovered(DifferenceClass.RUN_COVERAGE, index, "answer broken off");
            return;
        }
        if (rightError == null && (b == null || isUnfinished(b)) && right.brokenOff()) {
            noEnd(index, right, sink, true);
            return;
        }
        String sql = a != null && !a.sql().isEmpty() ? a.sql() : b == null ? "" : b.sql();
        ErrorPlace place = new ErrorPlace(sql, statements.of(sql), left.catalog(), right.catalog());
        Difference difference = ErrorComparison.compare(index, leftError, rightError, place);
        if (difference != null) {
            sink.add(difference);
        }
    }

    /** One side's answer to this step does not end, or there is none. */
    private static void noEnd(int index, Answer side, DifferenceSink sink, boolean ofRight) {
        if (side.cut()) {
            sink.uncovered(DifferenceClass.RUN_RESULT_TOO_LARGE, index, "result too large");
        } else if (side.brokenOff() && ofRight) {
            sink.add(Difference.of(
                            DifferenceClass.ERROR_NEW,
                            Place.ofStep(Aspect.ERROR, index),
                            "connection",
                            "success → no answer",
                            "success",
                            "the connection ended, or the wait limit passed, before the answer's end")
                    .from("connection"));
        } else {
            sink.uncovered(DifferenceClass.RUN_COVERAGE, index, side.brokenOff() ? "answer broken off" : "no answer");
        }
    }

    private static boolean isUnfinished(Step step) {
        return step.tag() == null && step.error() == null && !step.suspended();
    }

    private static void status(Answer left, Answer right, DifferenceSink sink) {
        TransactionStatus before = left.interpretation().status();
        TransactionStatus after = right.interpretation().status();
        if (before == after || before == TransactionStatus.UNKNOWN || after == TransactionStatus.UNKNOWN) {
            if (after == TransactionStatus.UNKNOWN && before != after && right.brokenOff()) {
                noEnd(Math.max(0, right.interpretation().steps().size() - 1), right, sink, true);
            }
            return;
        }
        DifferenceClass type = after == TransactionStatus.FAILED
                ? DifferenceClass.ERROR_NEW
                : before == TransactionStatus.FAILED
                        ? DifferenceClass.ERROR_GONE
                        : DifferenceClass.ERROR_SQLSTATE_CHANGED;
        int step = Math.max(0, left.interpretation().steps().size() - 1);
        sink.add(Difference.of(
                type,
                Place.ofStep(Aspect.STATUS, step),
                "transaction",
                before + " → " + after,
                before.toString(),
                after.toString()));
    }
}
