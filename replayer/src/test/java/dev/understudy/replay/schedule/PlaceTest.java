package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlaceTest {
    @Test
    void anEndRanksBetweenItsSendingAndWhatCameAfterThat() {
        assertThat(Place.ofEnd(7, 20, Place.FIRST)).isEqualTo(new Place(15, 20));
    }

    @Test
    void aLongReadRanksByItsSendingAndAnythingElseByItsAnswer() {
        assertThat(Place.ofLong(7, 20, Place.FIRST)).isEqualTo(new Place(14, 20));
        assertThat(Place.ofAny(20, Place.FIRST)).isEqualTo(new Place(40, 20));
    }

    @Test
    void nothingRanksBelowItsPredecessor() {
        Place before = Place.ofAny(10, Place.FIRST);

        assertThat(Place.ofEnd(7, 20, before)).isEqualTo(new Place(20, 20));
        assertThat(Place.ofLong(7, 20, before)).isEqualTo(new Place(20, 20));
        assertThat(Place.ofLong(11, 20, before)).isEqualTo(new Place(22, 20));
    }

    @Test
    void theLowerRankGoesFirstThenTheLowerNumber() {
        Place low = new Place(3, 9);
        Place middle = new Place(4, 1);
        Place high = new Place(4, 2);

        assertThat(Stream.of(high, low, middle).sorted().toList()).containsExactly(low, middle, high);
        assertThat(high).isEqualByComparingTo(new Place(4, 2));
    }

    @Test
    void aPlaceIsFinalOnceEverythingUnreadWasSentLater() {
        Place place = Place.ofAny(5, Place.FIRST);

        assertThat(place.isFinal(5)).isFalse();
        assertThat(place.isFinal(6)).isTrue();
        assertThat(new Place(Long.MAX_VALUE, 1).isFinal(Long.MAX_VALUE)).isTrue();
        assertThat(new Place(Long.MAX_VALUE, 1).isFinal(6)).isFalse();
    }
}
