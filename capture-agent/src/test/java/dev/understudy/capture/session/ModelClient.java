package dev.understudy.capture.session;

import dev.understudy.capture.session.ModelServer.Message;
import dev.understudy.capture.session.ModelServer.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client that behaves as drivers do: it pipelines as it likes, but sends copy data only once the server has asked for
 * it, and ends a COPY whatever the server said.
 */
final class ModelClient {
    /** What the client does next: send something, or first see an answer. */
    private record Action(
            @Nullable Character send,
            Outcome outcome,
            @Nullable Predicate<String> waitFor) {}

    private final Random random;
    private final Deque<Action> actions = new ArrayDeque<>();
    private final StringBuilder seen = new StringBuilder();
    private int index;

    ModelClient(Random random, int exchanges) {
        this.random = random;
        for (int i = 0; i < exchanges; i++) {
            exchange();
        }
        send('X', Outcome.OK);
    }

    void sees(ModelServer.Reply reply) {
        if (reply.cause() >= 0) {
            seen.append(reply.type());
        }
    }

    /** The next message, null while the client waits or has nothing more to send. */
    @Nullable Message next() {
        Action action = actions.peek();
        if (action == null || action.waitFor != null && !action.waitFor.test(seen.toString())) {
            return null;
        }
        actions.remove();
        if (action.send == null) {
            return next();
        }
        return new Message(index++, action.send, action.outcome);
    }

    private void send(char type, Outcome outcome) {
        actions.add(new Action(type, outcome, null));
    }

    private void waitFor(Predicate<String> condition) {
        actions.add(new Action(null, Outcome.OK, condition));
    }

    private Outcome step() {
        return random.nextInt(6) == 0 ? Outcome.ERROR : Outcome.OK;
    }

    private Outcome statement() {
        Outcome[] all = {Outcome.OK, Outcome.OK, Outcome.ERROR, Outcome.COPY_OUT, Outcome.EMPTY, Outcome.SUSPENDED};
        return all[random.nextInt(all.length)];
    }

    private void exchange() {
        switch (random.nextInt(8)) {
            case 0 -> send('Q', statement());
            case 1 -> send('Q', Outcome.OK);
            case 2, 3 -> {
                steps(1 + random.nextInt(5));
                send('S', Outcome.OK);
            }
            case 4 -> send('S', Outcome.OK);
            case 5 -> copySimple();
            case 6 -> copyExtended();
            default -> waitUntilReady();
        }
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            char type = "PBDECH".charAt(random.nextInt(6));
            send(type, type == 'E' ? statement() : step());
        }
    }

    /** What the client is owed so far is known only to itself; here it waits for a while of silence instead. */
    private void waitUntilReady() {
        waitFor(all -> all.isEmpty() || all.endsWith("Z"));
    }

    private Outcome copy() {
        Outcome[] all = {Outcome.COPY_IN, Outcome.COPY_IN_THAT_FAILS, Outcome.ERROR};
        return all[random.nextInt(all.length)];
    }

    private void copySimple() {
        barrier();
        send('Q', copy());
        waitFor(all -> after(all).contains("G") || after(all).contains("E"));
        data(false);
        send(random.nextBoolean() ? 'c' : 'f', Outcome.OK);
        waitFor(all -> after(all).contains("Z"));
    }

    private void copyExtended() {
        barrier();
        send('P', step());
        send('B', step());
        send('E', copy());
        boolean early = random.nextBoolean();
        send(early ? 'S' : 'H', Outcome.OK);
        waitFor(all -> after(all).contains("G") || after(all).contains("E"));
        data(false);
        send(random.nextBoolean() ? 'c' : 'f', Outcome.OK);
        send('S', Outcome.OK);
    }

    private void data(boolean withFlush) {
        for (int i = random.nextInt(4); i > 0; i--) {
            send('d', Outcome.OK);
            if (withFlush) {
                send('H', Outcome.OK);
            }
        }
    }

    private int mark;

    /** Waits until everything before has been answered, so that what comes next in the answers is the COPY's. */
    private void barrier() {
        send('F', Outcome.OK);
        waitFor(all -> {
            boolean answered = all.endsWith("VZ");
            if (answered) {
                mark = all.length();
            }
            return answered;
        });
    }

    private String after(String all) {
        return all.substring(Math.min(mark, all.length()));
    }
}
