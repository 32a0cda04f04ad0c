package dev.understudy.diff.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.trace.entry.ExchangeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupBookTest {
    private static Observation observation(String fingerprint, String path, String transition, String origin) {
        return new Observation(
                fingerprint,
                "select " + fingerprint,
                DifferenceClass.VALUE_NUMERIC,
                DifferenceClass.VALUE_NUMERIC.severity(),
                path,
                transition,
                Attribution.MIGRATION,
                origin,
                1);
    }

    private static void add(GroupBook book, Observation observation, int exchange) {
        book.add(observation, new ExchangeId(7, exchange), 0, 0, "", "before " + exchange, "after");
    }

    @Test
    void oneCauseIsOneGroup() {
        GroupBook book = new GroupBook();
        for (int i = 0; i < 10; i++) {
            add(book, observation("q_1", "a", "+1", ""), i);
        }
        assertThat(book.groups(any -> 40)).singleElement().satisfies(group -> {
            assertThat(group.count()).isEqualTo(10);
            assertThat(group.share()).isEqualTo(0.25);
            assertThat(group.samples()).hasSize(GroupBook.MAX_SAMPLES);
        });
    }

    @Test
    void anotherTransitionPathStatementOrAttributionIsAnotherGroup() {
        GroupBook book = new GroupBook();
        add(book, observation("q_1", "a", "+1", ""), 0);
        add(book, observation("q_1", "a", "-1", ""), 0);
        add(book, observation("q_1", "b", "+1", ""), 0);
        add(book, observation("q_2", "a", "+1", ""), 0);
        assertThat(book.groups(any -> 0))
                .hasSize(4)
                .allSatisfy(group -> assertThat(group.share()).isZero());
    }

    @Test
    void groupsOfOneOriginShareACluster() {
        GroupBook book = new GroupBook();
        add(book, observation("q_1", "a", "+1", "public.t.a"), 0);
        add(book, observation("q_2", "total", "+1", "public.t.a"), 0);
        add(book, observation("q_3", "a", "+1", ""), 0);
        add(book, observation("q_4", "a", "+1", ""), 0);
        assertThat(book.groups(any -> 0)).extracting(DifferenceGroup::cluster).doesNotContainNull();
        assertThat(book.groups(any -> 0).stream().map(DifferenceGroup::cluster).distinct())
                .hasSize(3);
    }

    @Test
    void theOrderOfFillingDoesNotShow() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            order.add(i);
        }
        List<List<DifferenceGroup>> results = new ArrayList<>();
        for (int seed = 0; seed < 5; seed++) {
            GroupBook book = new GroupBook();
            Collections.shuffle(order, new Random(seed));
            order.forEach(i -> add(book, observation("q_" + i % 7, "a", "+" + i % 3, i % 2 == 0 ? "o" + i : ""), i));
            results.add(book.groups(any -> 10));
        }
        assertThat(results).allSatisfy(each -> assertThat(each).isEqualTo(results.get(0)));
    }

    @Test
    void transitionsOfOnePathAreBounded() {
        GroupBook book = new GroupBook();
        for (int i = 0; i < 1_000; i++) {
            add(book, observation("q_1", "a", "'" + i + "'", ""), i);
        }
        List<DifferenceGroup> groups = book.groups(any -> 0);
        assertThat(groups).hasSize(GroupBook.MAX_TRANSITIONS + 1);
        assertThat(groups.get(0).transition()).isEqualTo("other");
        assertThat(groups.stream().mapToLong(DifferenceGroup::count).sum()).isEqualTo(1_000);
    }

    @Test
    void groupsAreBoundedAndNothingIsLost() {
        GroupBook book = new GroupBook();
        int all = 3 * GroupBook.MAX_GROUPS;
        for (int i = 0; i < all; i++) {
            add(book, observation("q_" + i % 10, "column " + i, "+1", ""), i);
        }
        List<DifferenceGroup> groups = book.groups(any -> 0);
        assertThat(groups).hasSizeLessThanOrEqualTo(GroupBook.MAX_GROUPS + 1);
        assertThat(groups.stream().mapToLong(DifferenceGroup::count).sum()).isEqualTo(all);
    }
}
