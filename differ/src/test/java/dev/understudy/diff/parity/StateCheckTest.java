package dev.understudy.diff.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.TableState;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateCheckTest {
    private static final Catalog CATALOG = Catalogs.catalog(16_400)
            .table("orders", "*id int4", "total int4")
            .table("log", "*id int4", "at timestamptz")
            .build();

    private static ArmState arm(TableState... tables) {
        return new ArmState(Arm.CONTROL, "a", CATALOG, List.of(tables));
    }

    private static ArmState orders(long rows, String hash) {
        return arm(new TableState("public.orders", rows, hash, hash.isEmpty() ? "no hash" : ""));
    }

    private static ArmState log(long rows, String hash) {
        return arm(new TableState("public.log", rows, hash, ""));
    }

    @Test
    void equalTablesAreNoFinding() {
        StateCheck.Result result = StateCheck.check(orders(5, "1"), orders(5, "1"), orders(7, "2"), orders(7, "2"));
        assertThat(result.findings()).isEmpty();
        assertThat(result.undecided()).isEmpty();
    }

    @Test
    void aRowThatOnlyTheCandidateLacks() {
        StateCheck.Result result = StateCheck.check(orders(5, "1"), orders(5, "1"), orders(7, "2"), orders(6, "3"));
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.type()).isEqualTo(DifferenceClass.STATE_ROW_MISSING);
            assertThat(finding.transition()).isEqualTo("-1 row");
        });
    }

    @Test
    void rowsThatTheMigrationAddedBeforeTheRunAreNotTheRuns() {
        StateCheck.Result result = StateCheck.check(orders(5, "1"), orders(8, "9"), orders(7, "2"), orders(10, "3"));
        assertThat(result.findings()).isEmpty();
        assertThat(result.undecided()).singleElement().asString().contains("differed before the run");
    }

    @Test
    void otherContentsOfAsManyRows() {
        StateCheck.Result result = StateCheck.check(orders(5, "1"), orders(5, "1"), orders(7, "2"), orders(7, "3"));
        assertThat(result.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.type()).isEqualTo(DifferenceClass.STATE_CELL));
    }

    @Test
    void contentsThatAClockMayHaveWrittenAreNotDecided() {
        StateCheck.Result result = StateCheck.check(log(5, "1"), log(5, "1"), log(7, "2"), log(7, "3"));
        assertThat(result.findings()).isEmpty();
        assertThat(result.undecided()).singleElement().asString().contains("clock or chance");
    }

    @Test
    void aLostRowIsFoundInATableWithAClockToo() {
        StateCheck.Result result = StateCheck.check(log(5, "1"), log(5, "1"), log(7, "2"), log(6, "3"));
        assertThat(result.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.type()).isEqualTo(DifferenceClass.STATE_ROW_MISSING));
    }

    @Test
    void aTableWithoutHashIsNotDecided() {
        StateCheck.Result result = StateCheck.check(orders(5, ""), orders(5, ""), orders(7, ""), orders(7, ""));
        assertThat(result.undecided()).containsExactly("public.orders: no hash");
    }
}
