package dev.understudy.diff.report;

import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.parity.FootprintItem;
import dev.understudy.diff.parity.Parity;
import dev.understudy.expect.Verdict;
import dev.understudy.expect.gate.Reason;
import java.util.List;

/**
 * What a comparison found: the canonical model, of which every format is a view. Holds nothing that depends on when or
 * where it was made.
 *
 * @param run the run
 * @param capture the capture that it replayed
 * @param mode {@code compat} or {@code adapted}
 * @param order how the replay ordered exchanges
 * @param verdict the conjunction of the gates
 * @param reasons the gates that tripped, or under GO those that held
 * @param ledger where every exchange ended
 * @param parity whether the arms were what they have to be
 * @param footprint what the migration changed, as far as it is known
 * @param groups the differences: unexpected first, then by severity, then by count
 * @param errors errors by SQLSTATE
 * @param untested what was not tested, in sentences
 */
public record Report(
        String run,
        String capture,
        String mode,
        String order,
        Verdict verdict,
        List<Reason> reasons,
        Ledger ledger,
        Parity parity,
        List<FootprintItem> footprint,
        List<DifferenceGroup> groups,
        List<ErrorCount> errors,
        List<String> untested) {
    /** Copies the lists. */
    public Report {
        reasons = List.copyOf(reasons);
        footprint = List.copyOf(footprint);
        groups = List.copyOf(groups);
        errors = List.copyOf(errors);
        untested = List.copyOf(untested);
    }

    /** The groups that decide against the migration. */
    public List<DifferenceGroup> unexpectedBlockers() {
        return groups.stream().filter(DifferenceGroup::isUnexpectedBlocker).toList();
    }
}
