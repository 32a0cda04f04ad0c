package dev.understudy.capture.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Conversations and what the tracker makes of them. Left to right as the proxy reads: {@code P} is a client's message,
 * {@code <1} a server's. Expected is one word for each: the exchange's ordinal, {@code -} for what belongs to none,
 * {@code !} where an exchange ends, {@code X} for Terminate, {@code ?} for opaque.
 */
class ExchangeTrackerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            simple query                             | Q <T <D <C <Z                         | 0 0 0 0 0!
            two, one after the other                 | Q <C <Z Q <C <Z X                     | 0 0 0! 1 1 1! X
            extended                                 | P B D E S <1 <2 <T <D <C <Z           | 0 0 0 0 0 0 0 0 0 0 0!
            flush and a suspended portal             | P B E H <1 <2 <D <s E S <C <Z         | 0 0 0 0 0 0 0 0 0 0 0 0!
            pipelined, error in the first            | P B E S P B E S <1 <E <Z <1 <2 <C <Z  | 0 0 0 0 1 1 1 1 0 0 0! 1 1 1 1!
            simple ones in flight                    | Q Q Q <E <Z <C <Z <I <Z               | 0 1 2 0 0! 1 1! 2 2!
            bare syncs                               | S S <Z <Z                             | 0 1 0! 1!
            function call                            | F <V <Z                               | 0 0 0!
            query behind parse, no sync              | P Q <1 <T <C <Z                       | 0 0 0 0 0 0!
            the same, parse fails: skipped to sync   | P Q <E S <Z                           | 0 0 0 0 0!
            the same, the query fails itself         | P Q <1 <E <Z                          | 0 0 0 0 0!
            idle messages                            | <A <N <S Q <C <Z <A                   | - - - 0 0 0! -
            messages inside                          | Q <N <T <A <D <C <S <Z                | 0 0 0 0 0 0 0 0!
            the server says why it goes              | Q <C <Z <E                            | 0 0 0! -
            copy out                                 | Q <H <d <d <c <C <Z                   | 0 0 0 0 0 0 0!
            copy in                                  | Q <G d d c <C <Z                      | 0 0 0 0 0 0 0!
            copy in, data sent blindly               | Q d d c <G <C <Z                      | 0 0 0 0 0 0 0!
            copy in fails, more data on the way      | Q <G d <E <Z d c Q <C <Z              | 0 0 0 0 0! - - 1 1 1!
            copy in refused by the client            | Q <G d f <E <Z                        | 0 0 0 0 0 0!
            two copies in one query                  | Q <G d c <C <G d c <C <Z              | 0 0 0 0 0 0 0 0 0 0!
            early sync swallowed (tokio, sqlx)       | P B E S <1 <2 <G d d c S <C <Z        | 0 0 0 0 0 0 0 0 0 0 0 0 0!
            early sync answered, copy refused        | P B E S <1 <2 <E <Z f S <Z            | 0 0 0 0 0 0 0 0! - 1 1!
            early sync answered, rest under way      | P B E S f S <1 <2 <E <Z <Z            | 0 0 0 0 0 0 0 0 0 0 0!
            early sync, copy fails on its data       | B E S <2 <G d <E c S <Z               | 0 0 0 0 0 0 0 0 0 0!
            flush inside copy data                   | Q <G d H d c <C <Z                    | 0 0 0 0 0 0 0 0!
            sync inside copy data                    | Q <G d S d c <C <Z                    | 0 0 0 0 0 0 0 0!
            copy within a request that goes on       | B E H <2 <G d c <C B E S <2 <C <Z     | 0 0 0 0 0 0 0 0 0 0 0 0 0 0!
            next query behind copy done              | Q <G d c Q <C <Z <C <Z                | 0 0 0 0 1 0 0! 1 1!
            flush with nothing to flush              | H Q <C <Z                             | - 0 0 0!
            terminate                                | Q <C <Z X                             | 0 0 0! X
            ready without a question                 | <Z                                    | ?
            rows without a question                  | <D                                    | ?
            rows for a bare sync                     | S <D                                  | 0 ?
            one completion too many                  | P S <1 <1                             | 0 0 0 ?
            password in the middle                   | Q <C <Z p                             | 0 0 0! ?
            replication stream                       | Q <W                                  | 0 ?
            nobody can say: sync within failing data | B E S <2 <G d S d c S <E <Z           | 0 0 0 0 0 0 0 0 0 0 0 0?
            nobody can say: copy swallows the next   | B E S B E S <2 <G                     | 0 0 0 1 1 1 0 ?
            """)
    void conversation(String name, String messages, String expected) {
        ExchangeTracker tracker = new ExchangeTracker();
        List<String> seen = new ArrayList<>();
        for (String message : messages.trim().split(" +")) {
            seen.add(
                    message.startsWith("<")
                            ? server(tracker, (byte) message.charAt(1))
                            : client(tracker, (byte) message.charAt(0)));
        }
        assertThat(String.join(" ", seen)).as(name).isEqualTo(expected.trim());
    }

    private static String client(ExchangeTracker tracker, byte type) {
        return switch (tracker.client(type)) {
            case EXCHANGE -> String.valueOf(tracker.clientOrdinal());
            case STRAY -> "-";
            case TERMINATE -> "X";
            case OPAQUE -> "?";
        };
    }

    private static String server(ExchangeTracker tracker, byte type) {
        return switch (tracker.server(type)) {
            case EXCHANGE -> tracker.serverOrdinal() + (type == 'Z' ? ready(tracker) : "");
            case ASYNC -> "-";
            case OPAQUE -> "?";
        };
    }

    private static String ready(ExchangeTracker tracker) {
        return switch (tracker.ready()) {
            case ENDS_EXCHANGE -> "!";
            case GOES_ON -> "";
            case OPAQUE -> "?";
        };
    }

    @ParameterizedTest
    @CsvSource({"65536,false", "65537,true"})
    void exchangesInFlightAreBounded(int count, boolean opaque) {
        ExchangeTracker tracker = new ExchangeTracker();
        ClientVerdict last = ClientVerdict.STRAY;
        for (int i = 0; i < count; i++) {
            last = tracker.client((byte) 'S');
        }
        assertThat(last).isEqualTo(opaque ? ClientVerdict.OPAQUE : ClientVerdict.EXCHANGE);
        if (!opaque) {
            for (int i = 0; i < count; i++) {
                assertThat(tracker.server((byte) 'Z')).isEqualTo(ServerVerdict.EXCHANGE);
                assertThat(tracker.ready()).isEqualTo(ReadyVerdict.ENDS_EXCHANGE);
            }
            assertThat(tracker.isOpen()).isFalse();
        }
    }
}
