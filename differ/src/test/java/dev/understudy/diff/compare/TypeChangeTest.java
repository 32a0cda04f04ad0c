package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Columns.modified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.value.PgType;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chapters 8.1 to 8.5: which types and modifiers hold every value of which others. */
class TypeChangeTest {
    private static final ServerCatalog CATALOG = new ServerCatalog(null);

    /** A type as SQL writes it: name, name(length), numeric(precision,scale), timestamp(precision). */
    private static Column typed(String type) {
        String[] parts = type.replace(")", "").split("[(,]");
        int oid = PgType.valueOf(parts[0].toUpperCase(Locale.ROOT)).oid();
        int modifier = -1;
        if (parts.length == 3) {
            modifier = (Integer.parseInt(parts[1]) << 16 | Integer.parseInt(parts[2]) & 0x7ff) + 4;
        } else if (parts.length == 2) {
            modifier = Integer.parseInt(parts[1]) + (parts[0].endsWith("char") ? 4 : 0);
        }
        return Column.of(modified(column("v", oid), modifier), CATALOG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int4          | int4           | ''",
                "int2          | int8           | WIDENED",
                "int8          | int4           | NARROWED",
                "int4          | numeric        | WIDENED",
                "float8        | float4         | NARROWED",
                "int4          | float8         | CHANGED",
                "varchar       | text           | WIDENED",
                "text          | bpchar         | NARROWED",
                "name          | text           | WIDENED",
                "date          | timestamp      | WIDENED",
                "timestamp     | timestamptz    | CHANGED",
                "varchar(10)   | varchar(10)    | ''",
                "varchar(10)   | varchar(11)    | WIDENED",
                "varchar(11)   | varchar(10)    | NARROWED",
                "varchar(10)   | varchar        | WIDENED",
                "varchar       | varchar(10)    | NARROWED",
                "timestamp(3)  | timestamp(0)   | NARROWED",
                "timestamp(0)  | timestamp      | WIDENED",
                "timestamp     | timestamp(0)   | NARROWED",
                "timestamp(0)  | timestamp(3)   | WIDENED",
                "numeric(10,2) | numeric(10,2)  | ''",
                "numeric(10,2) | numeric(11,2)  | WIDENED",
                "numeric(10,2) | numeric(11,3)  | WIDENED",
                "numeric(10,2) | numeric(9,2)   | NARROWED",
                "numeric(10,2) | numeric(9,1)   | NARROWED",
                "numeric(10,2) | numeric(10,3)  | CHANGED",
                "numeric(10,3) | numeric(10,2)  | CHANGED",
                "numeric(10,2) | numeric        | WIDENED",
                "numeric(3,-2) | numeric(3,0)   | CHANGED",
                "numeric(3,-2) | numeric(5,0)   | WIDENED",
            })
    void aTypeHoldsMoreOrLessOrOtherValues(String before, String after, String expected) {
        TypeChange change = TypeChange.between(typed(before), typed(after));
        if (expected.isEmpty()) {
            assertThat(change).isNull();
        } else {
            assertThat(change).isNotNull();
            assertThat(change.type().name()).isEqualTo("SHAPE_TYPE_" + expected);
            assertThat(change.transition()).isEqualTo(before + " → " + after);
        }
    }

    @Test
    void aTypeThatOneServersCatalogDoesNotTellIsNotCompared() {
        Column unknown = Column.of(column("v", 99_999), CATALOG);
        assertThat(TypeChange.between(unknown, typed("int4"))).isNull();
        assertThat(TypeChange.between(typed("int4"), unknown)).isNull();
    }
}
