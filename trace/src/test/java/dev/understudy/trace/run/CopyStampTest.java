package dev.understudy.trace.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.SampleCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyStampTest {
    private static final Catalog CATALOG = SampleCatalog.catalog();
    private static final TableState ORDERS = new TableState("public.orders", 10, "77", "");

    private static CopyStamp stamp(Catalog catalog, TableState... tables) {
        return CopyStamp.of(catalog, List.of(tables), 42);
    }

    @Test
    void equalCopiesHaveEqualStampsWheneverTheyAreTaken() {
        CopyStamp one = stamp(CATALOG, ORDERS);
        CopyStamp two = CopyStamp.of(CATALOG, List.of(ORDERS), 43);
        assertThat(one.isSameAs(two)).isTrue();
        assertThat(one.rows()).isEqualTo(10);
        assertThat(one.catalog()).hasSize(32);
    }

    @Test
    void oneRowMoreOrOtherwiseIsAnotherCopy() {
        CopyStamp stamp = stamp(CATALOG, ORDERS);
        assertThat(stamp.isSameAs(stamp(CATALOG, new TableState("public.orders", 11, "77", ""))))
                .isFalse();
        assertThat(stamp.isSameAs(stamp(CATALOG, new TableState("public.orders", 10, "78", ""))))
                .isFalse();
    }

    @Test
    void withoutRowsNothingIsShown() {
        CopyStamp blind = stamp(CATALOG);
        assertThat(blind.state()).isEmpty();
        assertThat(blind.isSameAs(blind)).isFalse();
        assertThat(blind.isComparableTo(stamp(CATALOG, ORDERS))).isFalse();
    }

    @Test
    void stampsOfTwoMajorsSayNothingAboutEachOther() {
        CopyStamp here = stamp(CATALOG, ORDERS);
        CopyStamp there =
                new CopyStamp(here.major() + 1, here.catalog(), here.state(), here.rows(), here.takenMicros());
        assertThat(here.isComparableTo(there)).isFalse();
        assertThat(here.isSameAs(there)).isFalse();
    }
}
