package dev.understudy.diff.verdict;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Runs;
import dev.understudy.diff.report.Report;
import dev.understudy.expect.Verdict;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.TableState;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class AssessmentTest {
    private static final Catalog PRODUCTION = bench(16_400);
    private static final Catalog COPY = bench(26_400);
    private static final TableState ACCOUNTS = new TableState("public.pgbench_accounts", 1000, "77", "");

    private static Catalog bench(int base) {
        return Catalogs.catalog(base)
                .table("pgbench_accounts", "*aid int4", "bid int4", "abalance int4")
                .build();
    }

    private static Outcome read(int ordinal, int recorded, int candidate) {
        return exchange(
                        query("SELECT abalance FROM pgbench_accounts WHERE aid = " + ordinal),
                        balance(16_400, recorded))
                .id(1, ordinal)
                .candidate(balance(26_400, candidate))
                .build();
    }

    private static ByteBuf balance(int relation, int value) {
        return answer().columns(column("abalance", 23, relation, 3))
                .row(Integer.toString(value))
                .done("SELECT 1")
                .ready();
    }

    @Test
    void goes_where_nothing_differs() {
        Runs run = Runs.of(PRODUCTION).arm(Arm.CANDIDATE, COPY, ACCOUNTS);
        for (int i = 0; i < 100; i++) {
            run.add(read(i, i, i));
        }
        Report report = run.report();
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
        assertThat(report.groups()).isEmpty();
    }

    @Test
    void names_the_one_change() {
        Runs run = Runs.of(PRODUCTION).arm(Arm.CANDIDATE, COPY, ACCOUNTS);
        for (int i = 0; i < 1000; i++) {
            run.add(read(i, i, i == 500 ? i + 1 : i));
        }
        Report report = run.report();
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        DifferenceGroup group = report.groups().get(0);
        assertThat(group.type()).isEqualTo(DifferenceClass.VALUE_NUMERIC);
        assertThat(group.path()).isEqualTo("abalance");
        assertThat(group.transition()).isEqualTo("+1");
        assertThat(group.origin()).isEqualTo("public.pgbench_accounts.abalance");
        assertThat(group.count()).isEqualTo(1);
        assertThat(group.share()).isEqualTo(0.001);
    }
}
