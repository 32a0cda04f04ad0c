package dev.understudy.cli.demo;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.report.Report;
import dev.understudy.expect.Verdict;
import dev.understudy.lab.shop.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was planted, and so what must be found.
 *
 * @param damage what the migration did to the totals, as the two copies themselves tell
 */
record Truth(Shop.Damage damage) {
    /** What of the report is not as it must be, one sentence each; empty if all is. */
    List<String> contradictions(Report report) {
        List<String> wrong = new ArrayList<>();
        if (damage.wrong() == 0) {
            expect(report.verdict() == Verdict.GO, wrong, "nothing was planted, so the verdict must be GO");
            List<DifferenceGroup> unexpected = report.groups().stream()
                    .filter(group -> group.disposition() == GroupDisposition.UNEXPECTED)
                    // What the migration is there for.
                    .filter(group -> !group.type().isSchema())
                    .toList();
            expect(
                    unexpected.isEmpty(),
                    wrong,
                    "nothing was planted, but " + unexpected.size() + " groups are unexpected");
        } else {
            expect(report.verdict() == Verdict.NO_GO, wrong, "a fault was planted, so the verdict must be NO-GO");
            expect(
                    !report.unexpectedBlockers().isEmpty()
                            && namesTheTotal(report.unexpectedBlockers().get(0)),
                    wrong,
                    "the first finding must name the orders' total");
        }
        expect(report.ledger().imbalance() == 0, wrong, "the classes of exchanges must add up");
        expect(report.ledger().compared() > 0, wrong, "exchanges must have been compared");
        return wrong;
    }

    private static boolean namesTheTotal(DifferenceGroup group) {
        return group.attribution() == Attribution.MIGRATION
                && (group.path() + " " + group.sql()).toLowerCase(Locale.ROOT).contains("total");
    }

    private static void expect(boolean holds, List<String> wrong, String sentence) {
        if (!holds) {
            wrong.add(sentence);
        }
    }
}
