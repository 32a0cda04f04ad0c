package dev.understudy.replay.schedule.model;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.Touch;
import dev.understudy.replay.schedule.Touch.Use;
import dev.understudy.replay.schedule.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One exchange of a made-up history: what it asks, and what production's agent recorded of it. */
final class Op {
    enum Do {
        BEGIN,
        BEGIN_REPEATABLE_READ,
        BEGIN_SERIALIZABLE,
        SAVEPOINT,
        ROLLBACK_TO,
        READ,
        SUM,
        LOCK,
        /** FOR SHARE, or a foreign key's look at a parent. */
        SHARE,
        ADVISORY_LOCK,
        ADVISORY_UNLOCK,
        UPDATE,
        INSERT,
        DELETE,
        /** A row with the next value of a sequence for its key. */
        DRAW,
        /** A row whose parent is looked for when the transaction commits. */
        DEFER,
        FAIL,
        COMMIT,
        ROLLBACK;

        boolean isEnd() {
            return this == COMMIT || this == ROLLBACK;
        }

        boolean isControl() {
            return this == BEGIN
                    || this == BEGIN_REPEATABLE_READ
                    || this == BEGIN_SERIALIZABLE
                    || this == SAVEPOINT
                    || this == ROLLBACK_TO
                    || isEnd();
        }

        /** Whether it is nothing where it finds no row. */
        boolean finds() {
            return this == LOCK || this == UPDATE || this == DELETE;
        }

        boolean locks() {
            return this == LOCK || this == SHARE || this == UPDATE || this == INSERT || this == DELETE;
        }
    }

    /** A row, or with a negative number a whole table. */
    record Key(String table, int number) {}

    final int session;
    final Do what;
    final List<Key> keys;
    final int token;
    /** How long it works at most between its steps. */
    final int work;

    int ordinal;
    long sentAt;
    long doneAt;
    long sentAfter = -1;
    long doneNo;
    TransactionStatus before = TransactionStatus.IDLE;
    TransactionStatus after = TransactionStatus.IDLE;
    Answer answer = new Answer("", null, TransactionStatus.IDLE);
    /** Whether its transaction checks something at its end; whether it takes its transaction's snapshot. */
    boolean deferred;

    boolean takesSnapshot;

    /** What a server answers. */
    record Answer(String text, @Nullable String sqlState, TransactionStatus after) {}

    Op(int session, Do what, List<Key> keys, int token, int work) {
        this.session = session;
        this.what = what;
        this.keys = keys;
        this.token = token;
        this.work = work;
    }

    /** What a resolver would say of it; {@code trigger} if it is known that an arm locks more. */
    List<Touch> touches(boolean trigger) {
        List<Touch> touches = new ArrayList<>();
        if (takesSnapshot) {
            touches.add(new Touch(Touch.ANYTHING, null, Use.READ));
        }
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            Integer number = key.number() < 0 ? null : (Integer) key.number();
            Version version = number == null ? null : version(i);
            switch (what) {
                case READ, SUM -> touches.add(new Touch(key.table(), number, Use.READ, null, version));
                case DRAW -> {
                    touches.add(new Touch("sequence of " + key.table(), null, Use.DRAW));
                    touches.add(new Touch(key.table(), null, Use.ADD));
                    if (trigger) {
                        Key other = ModelServer.TRIGGERED;
                        touches.add(new Touch(other.table(), other.number(), Use.WRITE));
                    }
                }
                case SHARE -> touches.add(new Touch(key.table(), number, Use.SHARE));
                case ADVISORY_LOCK -> touches.add(new Touch(key.table(), number, Use.HOLD));
                case ADVISORY_UNLOCK -> touches.add(new Touch(key.table(), number, Use.RELEASE));
                case LOCK, UPDATE, DELETE -> touches.add(new Touch(key.table(), number, use(i), null, version));
                case INSERT, DEFER -> touches.add(new Touch(key.table(), number, Use.WRITE, null, version));
                default -> {}
            }
        }
        return touches;
    }

    /** What became of a row, by the answer. */
    private Use use(int row) {
        String[] values = answer.text().split(" ");
        if (answer.sqlState() == null && row < values.length && values[row].equals("null")) {
            return Use.MISS;
        }
        return what == Do.DELETE ? Use.REMOVE : Use.WRITE;
    }

    /** What the answer shows of a row; every other UPDATE has a RETURNING. */
    private @Nullable Version version(int row) {
        String[] values = answer.text().split(" ");
        if (answer.sqlState() != null || row >= values.length || values[row].equals("null") && what != Do.INSERT) {
            return null;
        }
        return switch (what) {
            case READ, LOCK -> version(values[row]);
            case UPDATE ->
                token % 2 == 0
                        ? null
                        : version((Integer.parseInt(values[row]) * 31 + token) % ModelServer.MODULUS + "");
            default -> null;
        };
    }

    private static Version version(String value) {
        return new Version(new long[] {1}, new byte[][] {value.getBytes(StandardCharsets.UTF_8)});
    }

    @Override
    public String toString() {
        return "s" + session + "#" + ordinal + " " + what + keys + " sent " + sentAfter + " done " + doneNo + " "
                + answer;
    }
}
