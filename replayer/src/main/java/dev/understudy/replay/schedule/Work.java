package dev.understudy.replay.schedule;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.generated.Generated;
import dev.understudy.trace.entry.SessionSnapshot;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing to do on the arms for a session; a session's work is done in the order in which it was recorded. */
public sealed interface Work {
    /** Command tags of what ends a transaction, though the next may begin at once, and of ROLLBACK TO. */
    Set<String> LETTING_GO = Set.of("COMMIT", "ROLLBACK", "PREPARE TRANSACTION");
    /** What is touched by work of which nothing is known. */
    List<Touch> ANYTHING = List.of(Touch.anything());
    /** What an interpretation takes beside the frames that it is a view of. */
    int READ_BYTES = 800;

    /** The session. */
    SessionInfo session();

    /** Where it stands in the total order. */
    Place place();

    /** The counter when production's agent read it. */
    long sentAfter();

    /** When production's client began it, microseconds since 1970. */
    long startWallMicros();

    /** Whether no transaction of the session is open behind it. */
    boolean endsTransaction();

    /** Whether locks of the session's transaction may be let go here: all or, with savepoints, some. */
    default boolean letsGo() {
        return endsTransaction();
    }

    /** What it takes of a memory budget, in bytes. */
    int weight();

    /** The session's connections are made. */
    record Open(SessionInfo session, Place place, long sentAfter, long startWallMicros) implements Work {
        @Override
        public boolean endsTransaction() {
            return true;
        }

        @Override
        public int weight() {
            return 1000;
        }
    }

    /**
     * An exchange is sent, or not, as its treatment says.
     *
     * @param touches what its statements may touch on any arm, for an order that asks for it
     * @param generated the generated values that it uses and brings
     * @param read what it meant in production, where it has been interpreted already; null where not
     */
    record Run(
            SessionInfo session,
            Place place,
            RecordedExchange exchange,
            Treatment treatment,
            List<Touch> touches,
            Generated generated,
            @Nullable Interpretation read)
            implements Work {
        /** Work of which nobody asked what it touches, without generated values. */
        public Run(SessionInfo session, Place place, RecordedExchange exchange, Treatment treatment) {
            this(session, place, exchange, treatment, ANYTHING, Generated.NONE, null);
        }

        /** The same exchange at another place, or treated in another way. */
        public Run with(Place otherPlace, RecordedExchange same, Treatment otherTreatment) {
            return new Run(session, otherPlace, same, otherTreatment, touches, generated, read);
        }

        @Override
        public long sentAfter() {
            return exchange.sentAfter();
        }

        @Override
        public long startWallMicros() {
            return exchange.startWallMicros();
        }

        @Override
        public boolean endsTransaction() {
            return exchange.after() == TransactionStatus.IDLE;
        }

        @Override
        public boolean letsGo() {
            if (exchange.after() != TransactionStatus.IN_TRANSACTION) {
                return true;
            }
            for (int i = 0; i < exchange.tags().size(); i++) {
                if (LETTING_GO.contains(exchange.tags().get(i))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int weight() {
            return exchange.weight() + (read == null ? 0 : READ_BYTES);
        }
    }

    /** What the session's server knows is put right after a gap: statements that it lacks. */
    record Restore(SessionInfo session, Place place, long sentAfter, long startWallMicros, SessionSnapshot snapshot)
            implements Work {
        @Override
        public boolean endsTransaction() {
            return false;
        }

        @Override
        public int weight() {
            return 1000;
        }
    }

    /** The session's connections are closed. */
    record Close(SessionInfo session, Place place, long sentAfter, long startWallMicros) implements Work {
        @Override
        public boolean endsTransaction() {
            return true;
        }

        @Override
        public int weight() {
            return 200;
        }
    }
}
