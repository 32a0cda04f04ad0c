package dev.understudy.trace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.Values;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CatalogDiffProperties {
    @Property(tries = 300)
    void aCatalogDoesNotDifferFromItself(@ForAll long seed) {
        Catalog one = RandomCatalogs.catalog(new Values(new Random(seed)));
        Catalog same = RandomCatalogs.catalog(new Values(new Random(seed)));
        assertThat(CatalogDiff.compare(one, same)).isEmpty();
    }

    @Property(tries = 300)
    void theOtherWayRoundTheSameThingsDiffer(@ForAll long seed) {
        Catalog one = RandomCatalogs.catalog(new Values(new Random(seed)));
        Catalog two = RandomCatalogs.catalog(new Values(new Random(seed + 1)));
        assertThat(objects(CatalogDiff.compare(two, one))).isEqualTo(objects(CatalogDiff.compare(one, two)));
    }

    private static List<String> objects(List<CatalogDifference> differences) {
        return differences.stream()
                .filter(each -> each.kind() != CatalogDifference.Kind.CONSTRAINT_NOT_VALID
                        && each.kind() != CatalogDifference.Kind.INDEX_INVALID)
                .map(CatalogDifference::object)
                .distinct()
                .toList();
    }
}
