package dev.understudy.diff.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Catalogs;
import dev.understudy.trace.catalog.Catalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogParityTest {
    private static Catalogs shop() {
        return Catalogs.catalog(16_400).table("orders", "*id int4");
    }

    private static List<ParityItem> compare(Catalogs baseline, Catalogs other) {
        return CatalogParity.compare(baseline.build(), other.build(), false);
    }

    /** Chapters 20.11 and 24.1: a locale's name is the operating system's, who spells its encoding in several ways. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lc_collate  | en_US.UTF-8 | en_US.utf8    | same",
                "locale      | en-US       | en-us         | same",
                "lc_ctype    | en_US.UTF-8 | C             | failure",
                "locale      | en-US       | de-DE         | failure",
                "lc_messages | en_US.UTF-8 | de_DE.UTF-8   | noted",
                "TimeZone    | GMT         | Zulu          | same",
                "TimeZone    | UTC         | Europe/London | failure",
                "TimeZone    | Asia/Tokyo  | UTC           | failure",
                "DateStyle   | ISO         | iso           | failure",
                "work_mem    | 4MB         | 64MB          | noted",
            })
    void aSettingIsTheSameOrFailsOrIsNoted(String name, String was, String is, String verdict) {
        List<ParityItem> items = compare(shop().setting(name, was), shop().setting(name, is));
        if (verdict.equals("same")) {
            assertThat(items).isEmpty();
        } else {
            assertThat(items).containsExactly(new ParityItem("setting", name, was, is, verdict.equals("failure")));
        }
    }

    @Test
    void aSettingThatOneSideCouldNotReadSaysNothing() {
        assertThat(compare(shop().setting("DateStyle", "ISO"), shop())).isEmpty();
        assertThat(compare(shop(), shop().setting("lc_collate", "C"))).isEmpty();
    }

    @Test
    void theSchemaIsHeldAgainstWhatWasCapturedOnlyWhereItIsAsked() {
        Catalog more = shop().table("more", "*id int4").build();
        assertThat(CatalogParity.compare(shop().build(), more, false)).isEmpty();
        assertThat(CatalogParity.compare(shop().build(), more, true))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.kind()).isEqualTo("SCHEMA_OBJECT_EXTRA");
                    assertThat(item.object()).isEqualTo("public.more");
                    assertThat(item.baseline()).isEqualTo("absent");
                    assertThat(item.candidate()).isNotEqualTo("absent");
                    assertThat(item.failure()).isFalse();
                });
    }

    @Test
    void whatIsNoSchemasIsToldInWords() {
        assertThat(compare(shop().sequence("s", 5, null), shop().sequence("s", 9, null)))
                .containsExactly(new ParityItem("sequence ahead", "public.s", "5", "9", false));
    }

    @Test
    void aLongTextIsCut() {
        String longest = "x".repeat(200);
        assertThat(compare(shop().setting("search_path", longest), shop().setting("search_path", longest + "y")))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.baseline()).isEqualTo(longest);
                    assertThat(item.candidate()).isEqualTo("x".repeat(199) + "…");
                });
    }
}
