package dev.understudy.diff.attribute;

/**
 * What only a whole run tells.
 *
 * @param baselineToCandidate when each exchange ran on the baseline and on the candidate
 * @param productionToControl when each ran in production and on the control
 * @param identities which identifiers each side drew for one row
 */
public record RunEvidence(Timeline baselineToCandidate, Timeline productionToControl, Identities identities) {}
