package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Uncovered;
import dev.understudy.pgwire.message.ServerMessage;
import java.util.List;

/**
 * What one exchange's answers say.
 *
 * @param steps the statements, as the baseline's side ran them
 * @param differences between baseline and candidate, and where both arms agree, between production and them
 * @param uncovered what could not be compared between baseline and candidate
 * @param baselineErrors the baseline's errors
 * @param candidateErrors the candidate's errors
 */
public record JudgedOutcome(
        List<ComparedStep> steps,
        List<JudgedDifference> differences,
        List<Uncovered> uncovered,
        List<ServerMessage> baselineErrors,
        List<ServerMessage> candidateErrors) {}
