package dev.understudy.diff.group;

import static dev.understudy.diff.kit.Observations.observed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import dev.understudy.trace.entry.ExchangeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupBookTest {
    private static Observation observation(String fingerprint, String path, String transition, String origin) {
        return observed()
                .in(fingerprint)
                .at(path)
                .changed(transition)
                .from(origin)
                .build();
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
        add(book, observed().in("q_1").at("a").by(Attribution.CLOCK).build(), 0);
        add(book, observed().in("q_1").at("a").type(DifferenceClass.VALUE_FLOAT).build(), 0);
        assertThat(book.groups(any -> 0))
                .hasSize(6)
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

    @Test
    void aGroupSaysAllThatWasObserved() {
        GroupBook book = new GroupBook();
        Observation observation = observed()
                .in("q_1")
                .sql("select v from t")
                .at("v")
                .changed("+1")
                .from("public.t.v")
                .by(Attribution.UNEXPLAINED)
                .times(3)
                .build();
        book.add(observation, new ExchangeId(7, 5), 0, 4, "id=9", "5", "6");
        assertThat(book.groups(key -> key.path().equals("v") ? 12 : 0))
                .singleElement()
                .satisfies(group -> assertThat(group)
                        .isEqualTo(observed()
                                .in("q_1")
                                .sql("select v from t")
                                .at("v")
                                .changed("+1")
                                .from("public.t.v")
                                .by(Attribution.UNEXPLAINED)
                                .times(3)
                                .group(
                                        GroupBook.idOf(observation),
                                        group.cluster(),
                                        GroupDisposition.UNEXPECTED,
                                        12,
                                        new Sample(new ExchangeId(7, 5).toString(), "id=9", "5", "6"))));
    }

    @Test
    void anObjectsSampleIsOfNoExchange() {
        GroupBook book = new GroupBook();
        book.add(observed().in("").at("public.t").build(), "old", "new");
        book.add(observed().in("q_1").build(), new ExchangeId(0, 1), 0, 0, "", "a", "b");
        book.add(observed().in("q_2").build(), new ExchangeId(1, 0), 0, 0, "", "a", "b");
        assertThat(book.groups(any -> 0))
                .flatExtracting(DifferenceGroup::samples)
                .containsExactlyInAnyOrder(
                        new Sample("", "", "old", "new"),
                        new Sample(new ExchangeId(0, 1).toString(), "", "a", "b"),
                        new Sample(new ExchangeId(1, 0).toString(), "", "a", "b"));
    }

    @Test
    void whatIsComputedFromAColumnIsOfItsCluster() {
        GroupBook book = new GroupBook();
        add(book, observation("q_1", "v", "+1", "public.t.v"), 0);
        add(book, observation("q_2", "total", "+1", "computed from public.t.v"), 0);
        assertThat(book.groups(any -> 0).stream().map(DifferenceGroup::cluster).distinct())
                .singleElement()
                .satisfies(cluster -> assertThat(cluster).matches("c_[0-9a-f]{10}"));
        assertThat(book.groups(any -> 0))
                .extracting(DifferenceGroup::origin)
                .containsExactly("public.t.v", "computed from public.t.v");
    }

    @Test
    void aGroupOfUnknownOriginIsItsOwnCluster() {
        GroupBook book = new GroupBook();
        add(book, observation("q_1", "v", "+1", ""), 0);
        assertThat(book.groups(any -> 0))
                .singleElement()
                .satisfies(group ->
                        assertThat(group.cluster()).isEqualTo("c_" + group.id().substring("g_".length())));
    }

    @ParameterizedTest
    @CsvSource({"'', b, b", "b, '', b", "a, b, a", "b, a, a", "'', '', ''"})
    void theLeastOfSeveralTextsIsShownButNoneIsLessThanAny(String first, String second, String shown) {
        GroupBook book = new GroupBook();
        add(book, observed().sql(first).from(second).build(), 0);
        add(book, observed().sql(second).from(first).build(), 1);
        assertThat(book.groups(any -> 0)).singleElement().satisfies(group -> {
            assertThat(group.sql()).isEqualTo(shown);
            assertThat(group.origin()).isEqualTo(shown);
        });
    }

    @ParameterizedTest
    @CsvSource({"MINOR, MAJOR, MAJOR", "MAJOR, MINOR, MAJOR", "BLOCKER, MINOR, BLOCKER", "MINOR, MINOR, MINOR"})
    void theWorstSeverityIsTheGroups(Severity first, Severity second, Severity worst) {
        GroupBook book = new GroupBook();
        add(book, observed().severity(first).build(), 0);
        add(book, observed().severity(second).build(), 1);
        assertThat(book.groups(any -> 0)).extracting(DifferenceGroup::severity).containsExactly(worst);
    }

    @Test
    void theFirstSamplesAreKept() {
        List<Occurrence> inOrder = List.of(
                place(1, 9, 9, 9, "9", "9", "9"),
                place(2, 1, 9, 9, "9", "9", "9"),
                place(2, 2, 1, 9, "9", "9", "9"),
                place(2, 2, 2, 1, "9", "9", "9"),
                place(2, 2, 2, 2, "9", "1", "9"),
                place(2, 2, 2, 2, "9", "2", "1"),
                place(2, 2, 2, 2, "1", "2", "2"),
                place(2, 2, 2, 2, "2", "2", "2"));
        for (int from = 0; from + GroupBook.MAX_SAMPLES < inOrder.size(); from++) {
            List<Occurrence> some = new ArrayList<>(inOrder.subList(from, inOrder.size()));
            Collections.reverse(some);
            GroupBook book = new GroupBook();
            some.forEach(book::add);
            List<Sample> first = inOrder.subList(from, from + GroupBook.MAX_SAMPLES).stream()
                    .map(at -> new Sample(at.exchange().toString(), at.shownRow(), at.before(), at.after()))
                    .toList();
            assertThat(book.groups(any -> 0))
                    .singleElement()
                    .satisfies(group -> assertThat(group.samples()).isEqualTo(first));
        }
    }

    private static Occurrence place(
            int session, int ordinal, int step, int row, String shownRow, String before, String after) {
        ExchangeId exchange = new ExchangeId(session, ordinal);
        return new Occurrence(observed().build(), exchange, step, row, shownRow, before, after);
    }

    @Test
    void whatDecidesIsKeptBeforeWhatDoesNot() {
        List<Observation> inOrder = List.of(
                observed().in("q_2").build(),
                observed().in("q_3").type(DifferenceClass.VALUE_FLOAT).build(),
                observed().in("q_3").at("a").type(DifferenceClass.VALUE_TEXT).build(),
                observed().in("q_3").at("b").type(DifferenceClass.VALUE_TEXT).build(),
                observed()
                        .in("q_3")
                        .at("b")
                        .type(DifferenceClass.VALUE_TEXT)
                        .by(Attribution.UNEXPLAINED)
                        .build(),
                observed().in("q_1").type(DifferenceClass.VALUE_TRAILING_SPACE).build(),
                observed().in("q_1").type(DifferenceClass.VALUE_NUMERIC_SCALE).build(),
                observed().in("q_1").by(Attribution.CLOCK).build(),
                observed().in("q_1").type(DifferenceClass.RUN_COVERAGE).build());
        for (int room = 1; room < inOrder.size(); room++) {
            GroupBook book = new GroupBook(room, 1);
            List<Observation> all = new ArrayList<>(inOrder);
            Collections.shuffle(all, new Random(room));
            all.forEach(each -> book.add(each, "", ""));
            assertThat(book.groups(any -> 0))
                    .as("room=" + room)
                    .filteredOn(group -> !group.path().equals(GroupBook.OTHER))
                    .extracting(DifferenceGroup::id)
                    .containsExactlyInAnyOrderElementsOf(inOrder.subList(0, room).stream()
                            .map(GroupBook::idOf)
                            .toList());
        }
    }

    @Test
    void beyondTheBoundClassesAndAttributionsAreStillToldApart() {
        GroupBook book = new GroupBook(1, 1);
        book.add(observed().in("q_1").build(), "", "");
        book.add(observed().in("q_2").build(), "", "");
        book.add(observed().in("q_3").build(), "", "");
        book.add(observed().in("q_2").type(DifferenceClass.VALUE_TEXT).build(), "", "");
        book.add(observed().in("q_2").by(Attribution.CLOCK).build(), "", "");
        assertThat(book.groups(key -> key.fingerprint().equals(GroupBook.OTHER) ? 8 : 2))
                .extracting(DifferenceGroup::fingerprint, DifferenceGroup::type, DifferenceGroup::count)
                .containsExactlyInAnyOrder(
                        tuple("q_1", DifferenceClass.VALUE_NUMERIC, 1L),
                        tuple("other", DifferenceClass.VALUE_NUMERIC, 2L),
                        tuple("other", DifferenceClass.VALUE_TEXT, 1L),
                        tuple("other", DifferenceClass.VALUE_NUMERIC, 1L));
        assertThat(book.groups(key -> key.fingerprint().equals(GroupBook.OTHER) ? 8 : 2))
                .filteredOn(group -> group.fingerprint().equals(GroupBook.OTHER))
                .allSatisfy(group -> {
                    assertThat(group.transition()).isEqualTo(GroupBook.OTHER);
                    assertThat(group.compared()).isEqualTo(8);
                });
    }

    @Test
    void theOtherTransitionsOfAPathTakeRoomToo() {
        GroupBook book = new GroupBook(3, 1);
        book.add(observed().in("q_1").changed("+1").build(), "", "");
        book.add(observed().in("q_1").changed("+2").build(), "", "");
        book.add(observed().in("q_2").changed("+1").build(), "", "");
        assertThat(book.cutoff()).isNull();
        book.add(observed().in("q_2").changed("+2").build(), "", "");
        assertThat(book.cutoff()).isEqualTo(PathKey.of(observed().in("q_2").build()));
    }

    @Test
    void booksMergedAreTheBookOfAll() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            GroupBook all = new GroupBook(6, 3);
            List<GroupBook> parts = List.of(new GroupBook(6, 3), new GroupBook(6, 3), new GroupBook(6, 3));
            for (int i = 0; i < 60; i++) {
                Observation observation = observed()
                        .in("q_" + random.nextInt(3))
                        .at("column " + random.nextInt(2))
                        .changed("+" + random.nextInt(5))
                        .from(random.nextBoolean() ? "public.t.v" : "")
                        .times(1 + random.nextInt(3))
                        .build();
                add(all, observation, i);
                add(parts.get(random.nextInt(3)), observation, i);
            }
            GroupBook merged = new GroupBook(6, 3);
            parts.forEach(merged::add);
            assertThat(merged.groups(any -> 9)).as("seed=" + seed).isEqualTo(all.groups(any -> 9));
            assertThat(merged.cutoff()).isEqualTo(all.cutoff());
        }
    }

    @Test
    void anotherAttributionChangesNothingElse() {
        Occurrence at = place(1, 2, 3, 4, "id=5", "6", "7");
        assertThat(at.as(Attribution.CLOCK))
                .isEqualTo(new Occurrence(
                        observed().by(Attribution.CLOCK).build(), new ExchangeId(1, 2), 3, 4, "id=5", "6", "7"));
    }

    @Test
    void anIdDependsOnWhatMakesAGroupAndOnNothingElse() {
        String id = GroupBook.idOf(observed().build());
        assertThat(id).matches("g_[0-9a-f]{10}");
        assertThat(GroupBook.idOf(observed()
                        .sql("other")
                        .from("o")
                        .times(7)
                        .severity(Severity.MINOR)
                        .build()))
                .isEqualTo(id);
        assertThat(List.of(
                        GroupBook.idOf(observed().in("q_2").build()),
                        GroupBook.idOf(observed().at("w").build()),
                        GroupBook.idOf(observed().changed("-1").build()),
                        GroupBook.idOf(observed().by(Attribution.CLOCK).build()),
                        GroupBook.idOf(
                                observed().type(DifferenceClass.VALUE_TEXT).build()),
                        GroupBook.idOf(observed().at("v+").changed("1").build()),
                        id))
                .doesNotHaveDuplicates();
    }
}
