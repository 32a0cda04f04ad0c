package dev.understudy.diff.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.exchange.Parameter;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whether a LIMIT cut something off, where its argument says how many rows it lets through. */
class SelectionTest {
    private static final int INT4 = 23;
    private static final int INT8 = 20;
    private static final ServerCatalog CATALOG = new ServerCatalog(
            Catalogs.catalog(16_400).table("t", "*id int4", "a int4").build());

    private final Statements statements = new Statements();

    private Selection limit(int type, int format, @Nullable ByteBuf value) {
        return of("SELECT a FROM t LIMIT $1", new Parameter(type, format, value));
    }

    private Selection of(String sql, Parameter... parameters) {
        Step step = new Step(sql, true, List.of(parameters), null, List.of(), List.of(), "SELECT 2", false, null);
        return Selection.of(statements.of(sql), step, 2, 2, CATALOG, CATALOG);
    }

    private static ByteBuf text(String value) {
        return Unpooled.copiedBuffer(value, StandardCharsets.UTF_8);
    }

    @Test
    void aLimitThatWasNotReachedCutNothingOff() {
        for (int type : new int[] {0, INT8, INT4}) {
            assertThat(limit(type, Field.TEXT, text("3"))).isEqualTo(Selection.ALL);
            assertThat(limit(type, Field.TEXT, text("2"))).isEqualTo(Selection.CUT_ANYWHERE);
        }
        for (int type : new int[] {0, INT8}) {
            assertThat(limit(type, Field.BINARY, Unpooled.buffer().writeLong(3)))
                    .isEqualTo(Selection.ALL);
            assertThat(limit(type, Field.BINARY, Unpooled.buffer().writeLong(2)))
                    .isEqualTo(Selection.CUT_ANYWHERE);
        }
        for (int type : new int[] {0, INT4}) {
            assertThat(limit(type, Field.BINARY, Unpooled.buffer().writeInt(3))).isEqualTo(Selection.ALL);
            assertThat(limit(type, Field.BINARY, Unpooled.buffer().writeInt(2))).isEqualTo(Selection.CUT_ANYWHERE);
        }
    }

    @Test
    void nullIsNoLimit() {
        assertThat(limit(0, Field.TEXT, null)).isEqualTo(Selection.ALL);
    }

    @Test
    void aLimitThatNobodyKnowsMayHaveCutSomethingOff() {
        assertThat(limit(0, Field.TEXT, text("three"))).isEqualTo(Selection.CUT_ANYWHERE);
        assertThat(of("SELECT a FROM t LIMIT $2", new Parameter(0, Field.TEXT, text("3"))))
                .as("a parameter that was not bound")
                .isEqualTo(Selection.CUT_ANYWHERE);
    }

    @Test
    void aConditionOnTheKeyLeavesNothingToChoose() {
        assertThat(of("SELECT a FROM t WHERE id = 1 LIMIT 2")).isEqualTo(Selection.ALL);
        assertThat(of("SELECT a FROM t WHERE a = 1 LIMIT 2")).isEqualTo(Selection.CUT_ANYWHERE);
        assertThat(of("SELECT a FROM u WHERE id = 1 LIMIT 2")).isEqualTo(Selection.CUT_ANYWHERE);
    }
}
