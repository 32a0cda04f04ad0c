package dev.understudy.diff.verdict;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Runs;
import dev.understudy.diff.report.Ledger;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class RunLedgerTest {
    private static final Catalog CATALOG =
            Catalogs.catalog(500).table("t", "*id int4", "v int4").build();
    private static final ByteBuf DONE = answer().done("UPDATE 1").ready();

    private final Runs run = Runs.of(CATALOG).arm(Arm.CANDIDATE, CATALOG);

    private static Outcome ended(Disposition disposition, String sql) {
        return exchange(query(sql), DONE)
                .candidate(DONE)
                .ended(disposition, disposition == Disposition.COMPARED ? "" : "any")
                .build();
    }

    private Ledger ledger() {
        return new RunLedger(run.tally(false).coverage(), run.end()).ledger();
    }

    @Test
    void everyClassStandsForItself() {
        int times = 1;
        for (Disposition disposition : Disposition.values()) {
            for (int i = 0; i < times; i++) {
                run.add(ended(disposition, "UPDATE t SET v = 1"));
            }
            times++;
        }
        Ledger ledger = ledger();
        assertThat(ledger).isEqualTo(new Ledger(36, 36, 1, 2, 3, 4, 5, 6, 7, 8));
        assertThat(ledger.imbalance()).isZero();
    }

    @Test
    void whatEndedWithoutAnOutcomeIsWhereTheReplayerSaysAndMayCarryData() {
        run.add(ended(Disposition.COMPARED, "UPDATE t SET v = 1"), ended(Disposition.COMPARED, "BEGIN"));
        run.add(ended(Disposition.GAP, "UPDATE t SET v = 1"));
        run.without(Disposition.GAP, 3).without(Disposition.FILTERED, 20).without(Disposition.PENDING, 100);
        Ledger ledger = ledger();
        assertThat(ledger).isEqualTo(new Ledger(126, 105, 2, 0, 20, 0, 0, 0, 4, 100));
        assertThat(ledger.imbalance()).isZero();
    }

    @Test
    void aRunWithoutEndIsWhatWasSeenOfIt() {
        run.add(ended(Disposition.COMPARED, "UPDATE t SET v = 1"), ended(Disposition.PENDING, "BEGIN"));
        run.without(Disposition.GAP, 3);
        assertThat(new RunLedger(run.tally(false).coverage(), null).ledger())
                .isEqualTo(new Ledger(2, 1, 1, 0, 0, 0, 0, 0, 0, 1));
    }
}
