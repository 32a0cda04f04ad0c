package dev.understudy.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void textStandsLeftAndNumbersRight() {
        Table table = new Table("NAME", "COUNT", "SHARE")
                .row("a", "1,234", "<0.01 %".substring(1))
                .row("longer", "5", "-");

        assertThat(table.lines())
                .containsExactly("NAME    COUNT   SHARE", "a       1,234  0.01 %", "longer      5       -");
    }

    @Test
    void aRowHasAsManyCellsAsThereAreHeadings() {
        Table table = new Table("A", "B");
        assertThat(table.isEmpty()).isTrue();
        assertThatThrownBy(() -> table.row("only one")).isInstanceOf(IllegalArgumentException.class);
    }
}
