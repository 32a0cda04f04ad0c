package dev.understudy.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.parity.Parity;
import dev.understudy.diff.report.Ledger;
import dev.understudy.diff.report.Report;
import dev.understudy.expect.Verdict;
import dev.understudy.lab.shop.Shop;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthTest {
    private static final Ledger CLOSES = new Ledger(10, 8, 10, 0, 0, 0, 0, 0, 0, 0);
    private static final Truth PLANTED = new Truth(new Shop.Damage(3000, 170));
    private static final Truth NOTHING = new Truth(new Shop.Damage(3000, 0));

    @Test
    void aPlantedFaultMustBeFoundUnderItsName() {
        assertThat(PLANTED.contradictions(report(Verdict.NO_GO, CLOSES, group("total", Attribution.MIGRATION))))
                .isEmpty();
        assertThat(PLANTED.contradictions(report(Verdict.GO, CLOSES))).hasSize(2);
        assertThat(PLANTED.contradictions(report(Verdict.INCONCLUSIVE, CLOSES, group("total", Attribution.MIGRATION))))
                .hasSize(1);
        assertThat(PLANTED.contradictions(report(Verdict.NO_GO, CLOSES, group("name", Attribution.MIGRATION))))
                .hasSize(1);
        assertThat(PLANTED.contradictions(report(Verdict.NO_GO, CLOSES, group("total", Attribution.ENVIRONMENT))))
                .hasSize(1);
    }

    @Test
    void withoutAFaultNothingMayBeFound() {
        assertThat(NOTHING.contradictions(report(Verdict.GO, CLOSES))).isEmpty();
        assertThat(NOTHING.contradictions(report(Verdict.NO_GO, CLOSES))).hasSize(1);
        assertThat(NOTHING.contradictions(report(Verdict.GO, CLOSES, group("total", Attribution.MIGRATION))))
                .hasSize(1);
    }

    @Test
    void aVerdictOverNothingOrASumThatDoesNotCloseIsNoProof() {
        assertThat(NOTHING.contradictions(report(Verdict.GO, new Ledger(0, 0, 0, 0, 0, 0, 0, 0, 0, 0))))
                .hasSize(1);
        assertThat(NOTHING.contradictions(report(Verdict.GO, new Ledger(11, 8, 10, 0, 0, 0, 0, 0, 0, 0))))
                .hasSize(1);
    }

    private static DifferenceGroup group(String path, Attribution attribution) {
        return new DifferenceGroup(
                "g1",
                DifferenceClass.VALUE_NUMERIC,
                path,
                "f",
                "select " + path + " from orders",
                attribution,
                GroupDisposition.UNEXPECTED,
                Severity.BLOCKER,
                1,
                10,
                "-0.01",
                List.of(),
                "c",
                "",
                0);
    }

    private static Report report(Verdict verdict, Ledger ledger, DifferenceGroup... groups) {
        return new Report(
                "r",
                "c",
                "compat",
                "serial",
                verdict,
                List.of(),
                ledger,
                new Parity("b", "c", "", true, List.of(), List.of()),
                List.of(),
                List.of(groups),
                List.of(),
                List.of());
    }
}
