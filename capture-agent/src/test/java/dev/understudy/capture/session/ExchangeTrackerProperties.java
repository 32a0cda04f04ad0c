package dev.understudy.capture.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.capture.session.ModelServer.Message;
import dev.understudy.capture.session.ModelServer.Outcome;
import dev.understudy.capture.session.ModelServer.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** The tracker between clients and a server of which every answer's cause is known. */
class ExchangeTrackerProperties {
    private static final long STRAY = -1;

    /** Drives client, tracker and server in any interleaving. */
    private static final class Run {
        final Random random;
        final ExchangeTracker tracker = new ExchangeTracker();
        final ModelServer server;
        final Deque<Message> toServer = new ArrayDeque<>();
        final List<Long> ordinals = new ArrayList<>();
        final StringBuilder log = new StringBuilder();
        long ended;
        boolean opaque;

        Run(Random random) {
            this.random = random;
            this.server = new ModelServer(random);
        }

        void client(Message message) {
            log.append(' ').append(message.type());
            ClientVerdict verdict = tracker.client((byte) message.type());
            opaque |= verdict == ClientVerdict.OPAQUE;
            ordinals.add(verdict == ClientVerdict.EXCHANGE ? tracker.clientOrdinal() : STRAY);
            toServer.add(message);
        }

        void answer(Reply reply) {
            log.append(" <").append(reply.type());
            ServerVerdict verdict = tracker.server((byte) reply.type());
            opaque |= verdict == ServerVerdict.OPAQUE;
            if (opaque || reply.cause() < 0) {
                return;
            }
            assertThat(verdict).as(log.toString()).isEqualTo(ServerVerdict.EXCHANGE);
            assertThat(tracker.serverOrdinal())
                    .as("%s: caused by message %d", log, reply.cause())
                    .isEqualTo(ordinals.get(reply.cause()));
            assertThat(tracker.serverOrdinal()).as(log.toString()).isEqualTo(ended);
            if (reply.type() == 'Z') {
                ReadyVerdict ready = tracker.ready();
                opaque |= ready == ReadyVerdict.OPAQUE;
                ended += ready == ReadyVerdict.ENDS_EXCHANGE ? 1 : 0;
            }
        }

        /** Runs until nobody has anything to do. */
        void run(Supplier<@Nullable Message> client, java.util.function.Consumer<Reply> clientSees) {
            int idle = 0;
            while (!opaque && idle < 50) {
                boolean moved = false;
                switch (random.nextInt(3)) {
                    case 0 -> {
                        Message message = client.get();
                        if (message != null) {
                            client(message);
                            moved = true;
                        }
                    }
                    case 1 -> {
                        if (!toServer.isEmpty()) {
                            server.process(toServer.poll());
                            moved = true;
                        }
                    }
                    default -> {
                        if (random.nextInt(20) == 0 && !server.isEnded()) {
                            server.asynchronous();
                        }
                        Reply reply = server.replies().poll();
                        if (reply != null) {
                            answer(reply);
                            clientSees.accept(reply);
                            moved = true;
                        }
                    }
                }
                idle = moved ? 0 : idle + 1;
            }
        }
    }

    @Property(tries = 5000)
    void clientsThatBehaveAreFollowedToTheEnd(@ForAll long seed) {
        Random random = new Random(seed);
        Run run = new Run(random);
        ModelClient client = new ModelClient(random, 1 + random.nextInt(8));
        run.run(client::next, client::sees);
        assertThat(run.opaque).as(run.log.toString()).isFalse();
        assertThat(run.server.isEnded()).as(run.log.toString()).isTrue();
        assertThat(run.tracker.isOpen()).as(run.log.toString()).isFalse();
        assertThat(run.tracker.over()).isEqualTo(run.ended);
    }

    /** Whatever is thrown at it, an answer is never put to an exchange that did not cause it. */
    @Property(tries = 20000)
    void nothingIsMisattributedWhateverClientsSend(@ForAll long seed) {
        Random random = new Random(seed);
        Run run = new Run(random);
        int count = 3 + random.nextInt(14);
        String alphabet = random.nextBoolean() ? "PBDECHSQF" : "PBESQdcfH";
        int[] sent = {0};
        run.run(
                () -> sent[0] == count
                        ? null
                        : new Message(
                                sent[0]++,
                                alphabet.charAt(random.nextInt(alphabet.length())),
                                Outcome.values()[random.nextInt(Outcome.values().length)]),
                reply -> {});
        Statistics.label("opaque").collect(run.opaque);
    }
}
