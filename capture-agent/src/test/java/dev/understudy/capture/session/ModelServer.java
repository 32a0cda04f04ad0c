package dev.understudy.capture.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * PostgreSQL's main loop and its COPY reader as far as message types go ({@code PostgresMain}, {@code SocketBackend},
 * {@code CopyGetData}): messages in, answers out, each answer with the message that caused it.
 */
final class ModelServer {
    /** A client's message with what will become of it. */
    record Message(int index, char type, Outcome outcome) {}

    /** What a statement does when it is run, or a step of the extended protocol. */
    enum Outcome {
        OK,
        ERROR,
        COPY_IN,
        COPY_IN_THAT_FAILS,
        TWO_COPIES_IN,
        COPY_OUT,
        EMPTY,
        SUSPENDED
    }

    /** A server's message; {@code cause} is the message's index, -1 for asynchronous ones. */
    record Reply(char type, int cause) {}

    private final Random random;
    private final Deque<Reply> replies = new ArrayDeque<>();
    private Message copying;
    private int copiesLeft;
    private int dataUntilFailure;
    private boolean skipping;
    private boolean ended;

    ModelServer(Random random) {
        this.random = random;
    }

    Deque<Reply> replies() {
        return replies;
    }

    boolean isEnded() {
        return ended;
    }

    private void reply(String types, Message cause) {
        types.chars().forEach(type -> replies.add(new Reply((char) type, cause.index())));
    }

    void asynchronous() {
        replies.add(new Reply("ANS".charAt(random.nextInt(3)), -1));
    }

    void process(Message message) {
        if (ended) {
            return;
        }
        if (message.type() == 'X') {
            ended = true;
        } else if (copying != null) {
            copyIn(message);
        } else if (skipping) {
            if (message.type() == 'S') {
                skipping = false;
                reply("Z", message);
            }
        } else {
            run(message);
        }
    }

    private void copyIn(Message message) {
        Message source = copying;
        switch (message.type()) {
            case 'd' -> {
                if (dataUntilFailure-- == 0) {
                    copyFailed(source);
                }
            }
            case 'c' -> {
                if (dataUntilFailure == 0) {
                    copyFailed(source);
                    return;
                }
                reply("C", source);
                copiesLeft--;
                if (copiesLeft > 0) {
                    reply("G", source);
                } else {
                    copying = null;
                    if (source.type() == 'Q') {
                        reply("Z", source);
                    }
                }
            }
            case 'f' -> copyFailed(source);
            case 'H', 'S' -> {}
            default -> {
                reply("E", source);
                ended = true;
            }
        }
    }

    private void copyFailed(Message source) {
        copying = null;
        reply("E", source);
        if (source.type() == 'Q') {
            reply("Z", source);
        } else {
            skipping = true;
        }
    }

    private void beginCopy(Message message) {
        copying = message;
        copiesLeft = message.outcome() == Outcome.TWO_COPIES_IN && message.type() == 'Q' ? 2 : 1;
        dataUntilFailure = message.outcome() == Outcome.COPY_IN_THAT_FAILS ? random.nextInt(4) : -1;
        reply("G", message);
    }

    private void run(Message message) {
        switch (message.type()) {
            case 'P' -> step("1", message);
            case 'B' -> step("2", message);
            case 'C' -> step("3", message);
            case 'D' -> step(random.nextBoolean() ? "tT" : random.nextBoolean() ? "T" : "n", message);
            case 'E' -> execute(message);
            case 'S' -> reply("Z", message);
            case 'Q' -> query(message);
            case 'F' -> reply(message.outcome() == Outcome.ERROR ? "EZ" : "VZ", message);
            default -> {}
        }
    }

    private void step(String types, Message message) {
        if (message.outcome() == Outcome.ERROR) {
            reply("E", message);
            skipping = true;
        } else {
            reply(types, message);
        }
    }

    private void execute(Message message) {
        switch (message.outcome()) {
            case OK -> reply(rows() + "C", message);
            case ERROR -> {
                reply(rows() + "E", message);
                skipping = true;
            }
            case COPY_IN, COPY_IN_THAT_FAILS, TWO_COPIES_IN -> beginCopy(message);
            case COPY_OUT -> reply("HddcC", message);
            case EMPTY -> reply("I", message);
            case SUSPENDED -> reply(rows() + "s", message);
        }
    }

    private void query(Message message) {
        switch (message.outcome()) {
            case OK -> reply("T" + rows() + "C" + (random.nextBoolean() ? "SC" : "") + "Z", message);
            case ERROR -> reply((random.nextBoolean() ? "T" + rows() : "") + "EZ", message);
            case COPY_IN, COPY_IN_THAT_FAILS, TWO_COPIES_IN -> beginCopy(message);
            case COPY_OUT -> reply("HddcCZ", message);
            case EMPTY, SUSPENDED -> reply("IZ", message);
        }
    }

    private String rows() {
        return "D".repeat(random.nextInt(3));
    }
}
