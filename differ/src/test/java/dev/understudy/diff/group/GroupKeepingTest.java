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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a book hands over to be kept, and what comes back of it. */
class GroupKeepingTest {
    private final Map<String, GroupState> kept = new HashMap<>();
    private final List<String> vanished = new ArrayList<>();

    private static void add(GroupBook book, int exchange, Observation observation) {
        book.add(observation, new ExchangeId(7, exchange), 1, 2, "id=" + exchange, "before", "after");
    }

    /** Keeps what changed; the names of what did. */
    private List<String> keep(GroupBook book) {
        List<String> changed = new ArrayList<>();
        book.takeChanges(
                state -> {
                    kept.put(state.id(), state);
                    changed.add(state.key().path() + " " + state.transition());
                },
                name -> {
                    assertThat(kept.remove(name)).as(name).isNotNull();
                    vanished.add(name);
                });
        return changed;
    }

    private GroupBook restored(int groups, int transitions, GroupBook original) {
        GroupBook book = new GroupBook(groups, transitions);
        book.cutAt(original.cutoff());
        List<GroupState> states = new ArrayList<>(kept.values());
        Collections.shuffle(states, new Random(states.size()));
        states.forEach(book::restore);
        return book;
    }

    private static List<DifferenceGroup> groups(GroupBook book) {
        return book.groups(any -> 100);
    }

    @Test
    void onlyWhatChangedIsHandedOver() {
        GroupBook book = new GroupBook();
        add(book, 1, observed().at("a").build());
        add(book, 2, observed().at("b").build());
        assertThat(keep(book)).containsExactlyInAnyOrder("a +1", "b +1");
        assertThat(keep(book)).isEmpty();
        add(book, 3, observed().at("b").build());
        assertThat(keep(book)).containsExactly("b +1");
        assertThat(vanished).isEmpty();
    }

    @Test
    void aGroupComesBackAsItWas() {
        GroupBook book = new GroupBook();
        add(
                book,
                1,
                observed().from("public.t.v").sql("select v from t").times(4).build());
        add(book, 2, observed().build());
        book.add(
                observed()
                        .in("")
                        .at("public.t")
                        .type(DifferenceClass.STATE_CELL)
                        .build(),
                "old",
                "new");
        keep(book);
        GroupBook back = restored(10, 10, book);
        assertThat(groups(back)).isEqualTo(groups(book));
        assertThat(groups(back).get(1).samples().get(0).exchange()).isEmpty();
        assertThat(groups(back).get(0).samples())
                .containsExactly(
                        new Sample(new ExchangeId(7, 1).toString(), "id=1", "before", "after"),
                        new Sample(new ExchangeId(7, 2).toString(), "id=2", "before", "after"));
    }

    @Test
    void whatCameBackIsKeptAlready() {
        GroupBook book = new GroupBook(2, 2);
        for (int i = 0; i < 6; i++) {
            add(book, i, observed().at("column " + i % 3).changed("+" + i).build());
        }
        keep(book);
        GroupBook back = restored(2, 2, book);
        assertThat(keep(back)).isEmpty();
        add(back, 7, observed().at("column 0").changed("+0").build());
        assertThat(keep(back)).containsExactly("column 0 +0");
    }

    @Test
    void aTransitionThatIsCountedWithOthersIsGone() {
        GroupBook book = new GroupBook(10, 2);
        add(book, 1, observed().changed("+2").build());
        add(book, 2, observed().changed("+3").build());
        keep(book);
        String last = kept.values().stream()
                .filter(state -> state.transition().equals("+3"))
                .findFirst()
                .orElseThrow()
                .id();
        add(book, 3, observed().changed("+1").build());
        assertThat(keep(book)).containsExactlyInAnyOrder("v +1", "v other");
        assertThat(vanished).containsExactly(last);
        assertThat(keep(book)).isEmpty();
        assertThat(vanished).hasSize(1);
    }

    @Test
    void aPathThatIsCountedWithOthersIsGoneWithAllItsTransitions() {
        GroupBook book = new GroupBook(2, 1);
        add(book, 1, observed().at("b").changed("+1").build());
        add(book, 2, observed().at("b").changed("+2").build());
        keep(book);
        add(book, 3, observed().at("a").build());
        assertThat(keep(book)).containsExactlyInAnyOrder("a +1", "other other");
        assertThat(vanished).hasSize(2);
        assertThat(kept).hasSize(2);
        assertThat(groups(book))
                .filteredOn(group -> group.path().equals(GroupBook.OTHER))
                .singleElement()
                .satisfies(group -> assertThat(group.count()).isEqualTo(2));
    }

    @Test
    void whatWasNeverKeptCannotBeGone() {
        GroupBook book = new GroupBook(2, 2);
        for (int i = 9; i >= 0; i--) {
            add(book, i, observed().at("column " + i % 5).changed("+" + i).build());
        }
        keep(book);
        assertThat(vanished).isEmpty();
    }

    @Test
    void aTransitionBeyondTheBoundStaysBeyondItAfterwards() {
        GroupBook book = new GroupBook(10, 1);
        add(book, 1, observed().changed("+1").build());
        add(book, 2, observed().changed("+2").build());
        keep(book);
        GroupBook back = restored(10, 1, book);
        add(back, 3, observed().changed("+2").build());
        assertThat(keep(back)).containsExactly("v other");
        assertThat(groups(back)).extracting(DifferenceGroup::count).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void onlyWhatIsCountedTogetherSaysFromWhereOn() {
        GroupBook book = new GroupBook(10, 1);
        add(book, 1, observed().changed("+1").build());
        add(book, 2, observed().changed("+2").build());
        keep(book);
        assertThat(kept.values())
                .extracting(GroupState::transition, GroupState::cutoff)
                .containsExactlyInAnyOrder(tuple("+1", null), tuple("other", "+2"));
    }

    /** A book in whose path v transitions from +2 on were counted together, and in which there is room. */
    private static GroupBook cutAtTwo(Observation... held) {
        GroupBook book = new GroupBook(4, 3);
        for (Observation each : held) {
            add(book, 1, each);
        }
        PathKey key = PathKey.of(observed().build());
        book.restore(new GroupState(key, GroupBook.OTHER, "", Severity.BLOCKER, "", 5, List.of(), "+2"));
        return book;
    }

    @Test
    void whatWasCountedTogetherOnceIsSoForEverWhateverRoomThereIs() {
        GroupBook book = cutAtTwo(observed().changed("+3").build());
        add(book, 2, observed().changed("+1").build());
        add(book, 3, observed().changed("+4").build());
        assertThat(groups(book))
                .extracting(DifferenceGroup::transition, DifferenceGroup::count)
                .containsExactlyInAnyOrder(tuple("+1", 1L), tuple("other", 7L));
    }

    @Test
    void whatAPartCountedTogetherTheSumDoesToo() {
        GroupBook sum = new GroupBook(4, 3);
        add(sum, 2, observed().changed("+3").build());
        sum.add(cutAtTwo());
        assertThat(groups(sum))
                .extracting(DifferenceGroup::transition, DifferenceGroup::count)
                .containsExactly(tuple("other", 6L));
    }

    @Test
    void whatIsCountedTogetherAfterItWasKeptIsGone() {
        GroupBook book = new GroupBook(4, 3);
        add(book, 1, observed().changed("+1").build());
        add(book, 1, observed().changed("+2").build());
        add(book, 1, observed().changed("+3").build());
        keep(book);
        book.add(cutAtTwo());
        keep(book);
        assertThat(vanished).hasSize(2);
        assertThat(kept.values()).extracting(GroupState::transition).containsExactlyInAnyOrder("+1", "other");
    }

    @Test
    void roomThatIsFreedIsThere() {
        GroupBook book = new GroupBook(4, 3);
        add(book, 1, observed().changed("+2").build());
        add(book, 1, observed().changed("+3").build());
        add(book, 1, observed().changed("+4").build());
        book.add(cutAtTwo());
        add(book, 1, observed().at("w").changed("+1").build());
        add(book, 1, observed().at("w").changed("+2").build());
        add(book, 1, observed().at("w").changed("+3").build());
        assertThat(book.cutoff()).isNull();
        assertThat(groups(book)).hasSize(4);
    }

    @Test
    void aPathBeyondTheBoundStaysBeyondItAfterwards() {
        GroupBook book = new GroupBook(1, 1);
        add(book, 1, observed().at("a").build());
        add(book, 2, observed().at("b").build());
        keep(book);
        GroupBook back = restored(1, 1, book);
        add(back, 3, observed().at("b").build());
        assertThat(keep(back)).containsExactly("other other");
        assertThat(groups(back)).extracting(DifferenceGroup::count).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void stoppingAndGoingOnDoesNotShow() {
        GroupBook whole = new GroupBook(8, 3);
        GroupBook book = new GroupBook(8, 3);
        Random random = new Random(3);
        for (int i = 0; i < 400; i++) {
            Observation observation = observed()
                    .in("q_" + random.nextInt(3))
                    .at("column " + random.nextInt(4))
                    .changed("+" + random.nextInt(7))
                    .by(random.nextInt(3) == 0 ? Attribution.CLOCK : Attribution.MIGRATION)
                    .from(random.nextBoolean() ? "public.t.v" : "")
                    .times(1 + random.nextInt(3))
                    .build();
            add(whole, i, observation);
            add(book, i, observation);
            if (i % 10 == 9) {
                keep(book);
                book = restored(8, 3, book);
            }
        }
        assertThat(groups(book)).isEqualTo(groups(whole));
        assertThat(vanished).isNotEmpty();
    }
}
