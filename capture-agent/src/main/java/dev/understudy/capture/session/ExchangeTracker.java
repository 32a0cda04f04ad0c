package dev.understudy.capture.session;

import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.FrontendType;

/**
 * Tells from message types alone which exchange of a session every message belongs to (protocol chapters 55.2.2 to
 * 55.2.4 and the server's own loop, {@code PostgresMain} and {@code CopyGetData}).
 *
 * <pre>
 *                     Parse, Bind, Describe, Execute, Close             Query, FunctionCall, Sync
 *   client's side:  NONE ────────────────────────────────► UNTERMINATED ──────────────────────► TERMINATED
 *                    │  Query, FunctionCall, Sync                          ▲        next message opens │
 *                    └─────────────────────────────────────────────────────┘◄──────── another exchange ┘
 *
 *   server's side, for the oldest exchange:  ANSWERING ──ReadyForQuery──► over, the next one is ANSWERING
 * </pre>
 *
 * <p>Several exchanges may be in flight; they are answered in order. Three things blur the picture:
 *
 * <ul>
 *   <li><b>COPY FROM STDIN.</b> A server that copies in swallows Sync and Flush; one whose COPY failed before
 *       CopyInResponse answers every Sync. So a request goes on after its Sync when copy data follows, and how many
 *       ReadyForQuery it gets is known from the answer.
 *   <li><b>An error in the extended protocol</b> makes the server skip to the next Sync, a Query in between included.
 *       Whether a Query that follows Parse or Bind without a Sync was run or skipped is known by counting completions.
 *   <li><b>Copy messages outside COPY</b> are ignored by the server.
 * </ul>
 *
 * <p>What neither side's types can decide is {@link ClientVerdict#OPAQUE opaque}, final, never guessed.
 *
 * <p>Call {@link #client} and {@link #server} once for every message, when its type byte is seen, in the order in which
 * the bytes were read; {@link #ready} when a ReadyForQuery has been read whole. Belongs to one thread; allocates only
 * to grow with the number of exchanges in flight, up to {@link #MAX_IN_FLIGHT}.
 */
public final class ExchangeTracker {
    /** How many exchanges of one session may be unanswered; one more and the session is relayed unread. */
    public static final int MAX_IN_FLIGHT = 1 << 16;

    private OpenExchange[] ring = {new OpenExchange(), new OpenExchange()};
    private long head;
    private long next;
    private boolean opaque;

    private int completions;
    private int copyIns;
    private int readies;
    private boolean error;
    private boolean errorAfterCopyIn;

    private long clientOrdinal;
    private long serverOrdinal;

    /** How many exchanges have begun: the ordinal of the next one. */
    public long begun() {
        return next;
    }

    /** How many exchanges are over: the ordinal of the oldest one in flight if there is one. */
    public long over() {
        return head;
    }

    /** Whether an exchange is in flight. */
    public boolean isOpen() {
        return head < next;
    }

    /** The exchange to which the last client message with {@link ClientVerdict#EXCHANGE} belongs. */
    public long clientOrdinal() {
        return clientOrdinal;
    }

    /** The exchange to which the last server message with {@link ServerVerdict#EXCHANGE} belongs. */
    public long serverOrdinal() {
        return serverOrdinal;
    }

    /** A client's message begins. */
    public ClientVerdict client(byte type) {
        if (opaque) {
            return ClientVerdict.OPAQUE;
        }
        return switch (type) {
            case FrontendType.PARSE,
                    FrontendType.BIND,
                    FrontendType.DESCRIBE,
                    FrontendType.EXECUTE,
                    FrontendType.CLOSE -> extended(type == FrontendType.EXECUTE);
            case FrontendType.QUERY, FrontendType.FUNCTION_CALL -> simple();
            case FrontendType.SYNC -> sync();
            case FrontendType.FLUSH -> isOpen() ? belongsToLast() : ClientVerdict.STRAY;
            case FrontendType.COPY_DATA -> copy(false);
            case FrontendType.COPY_DONE, FrontendType.COPY_FAIL -> copy(true);
            case FrontendType.TERMINATE -> ClientVerdict.TERMINATE;
            default -> clientOpaque();
        };
    }

    private ClientVerdict extended(boolean execute) {
        if (!goesOnBehindCopy() || !isLastUnterminated() && !open()) {
            return clientOpaque();
        }
        last().extended++;
        last().executed |= execute;
        return belongsToLast();
    }

    private ClientVerdict simple() {
        if (!goesOnBehindCopy()) {
            return clientOpaque();
        }
        if (!isLastUnterminated()) {
            if (!open()) {
                return clientOpaque();
            }
            last().simple = true;
        } else {
            last().simple = !isHeadSkippingToSync();
        }
        last().executed = true;
        return belongsToLast();
    }

    /** Settles a COPY inside a request that goes on behind it; answers false where nobody can say how it stands. */
    private boolean goesOnBehindCopy() {
        if (!isLastUnterminated() || !last().copySent) {
            return true;
        }
        boolean settled = isLastHead() && (error || copyIns > 0 && copyIns == last().copyEnds);
        if (settled && !error) {
            last().forgetCopy();
            copyIns = 0;
        }
        return settled;
    }

    private ClientVerdict sync() {
        if (!isLastUnterminated() && !isSyncOfLast() && !open()) {
            return clientOpaque();
        }
        last().sync();
        return belongsToLast();
    }

    /** Whether a Sync behind a terminated request still belongs to it, since its COPY goes on or has just ended. */
    private boolean isSyncOfLast() {
        if (!isOpen()) {
            return false;
        }
        OpenExchange last = last();
        if (isLastCopyingIn()) {
            return true;
        }
        return last.copySent && last.lateSyncs == 0 && (last.copyEnds == 0 || !last.simple);
    }

    private ClientVerdict copy(boolean end) {
        if (!isOpen()) {
            return ClientVerdict.STRAY;
        }
        OpenExchange last = last();
        if (last.executed && last.lateSyncs == 0) {
            last.copySent = true;
            last.copyEnds += end ? 1 : 0;
        }
        return belongsToLast();
    }

    private ClientVerdict belongsToLast() {
        clientOrdinal = next - 1;
        return ClientVerdict.EXCHANGE;
    }

    private ClientVerdict clientOpaque() {
        opaque = true;
        return ClientVerdict.OPAQUE;
    }

    /** Whether the next message still belongs to the newest exchange because nothing has ended its request. */
    private boolean isLastUnterminated() {
        if (!isOpen()) {
            return false;
        }
        OpenExchange last = last();
        if (last.simple) {
            return false;
        }
        boolean earlySyncsSwallowed = isLastHead() && copyIns > 0;
        return earlySyncsSwallowed ? last.syncsAfterCopyBegan() == 0 : last.syncs() == 0;
    }

    private boolean isLastHead() {
        return head == next - 1;
    }

    /** Whether the server waits for copy data of the newest exchange, by all that it has answered. */
    private boolean isLastCopyingIn() {
        return isLastHead() && !error && copyIns > last().copyEnds;
    }

    private boolean isHeadSkippingToSync() {
        return isLastHead() && error;
    }

    /** Opens another exchange behind the newest, unless nobody can say whether that one's request is over. */
    private boolean open() {
        if (isOpen()) {
            OpenExchange last = last();
            boolean failedBeforeCopy = isLastHead() && error && copyIns == 0;
            boolean swallowedOrNot = !last.simple && last.copySent && last.lateSyncs == 0 && !failedBeforeCopy;
            if (isLastCopyingIn() || swallowedOrNot || next - head == MAX_IN_FLIGHT) {
                return false;
            }
        }
        if (next - head == ring.length) {
            grow();
        }
        next++;
        last().reset();
        return true;
    }

    private void grow() {
        OpenExchange[] larger = new OpenExchange[ring.length * 2];
        for (int i = 0; i < larger.length; i++) {
            long ordinal = head + i;
            larger[(int) (ordinal & larger.length - 1)] =
                    i < ring.length ? ring[(int) (ordinal & ring.length - 1)] : new OpenExchange();
        }
        ring = larger;
    }

    private OpenExchange last() {
        return ring[(int) (next - 1 & ring.length - 1)];
    }

    private OpenExchange first() {
        return ring[(int) (head & ring.length - 1)];
    }

    /** A server's message begins. */
    public ServerVerdict server(byte type) {
        if (opaque) {
            return ServerVerdict.OPAQUE;
        }
        return switch (type) {
            case BackendType.NOTIFICATION_RESPONSE, BackendType.NOTICE_RESPONSE, BackendType.PARAMETER_STATUS ->
                isOpen() ? belongsToFirst() : ServerVerdict.ASYNC;
            case BackendType.ERROR_RESPONSE -> error();
            case BackendType.READY_FOR_QUERY -> isOpen() ? belongsToFirst() : serverOpaque();
            case BackendType.COPY_IN_RESPONSE -> copyIn();
            case BackendType.PARSE_COMPLETE,
                    BackendType.BIND_COMPLETE,
                    BackendType.CLOSE_COMPLETE,
                    BackendType.COMMAND_COMPLETE,
                    BackendType.EMPTY_QUERY_RESPONSE,
                    BackendType.PORTAL_SUSPENDED,
                    BackendType.NO_DATA,
                    BackendType.ROW_DESCRIPTION -> completion();
            case BackendType.DATA_ROW,
                    BackendType.COPY_OUT_RESPONSE,
                    BackendType.COPY_DATA,
                    BackendType.COPY_DONE,
                    BackendType.PARAMETER_DESCRIPTION,
                    BackendType.FUNCTION_CALL_RESPONSE -> isAnswerable() ? belongsToFirst() : serverOpaque();
            default -> serverOpaque();
        };
    }

    private boolean isAnswerable() {
        return isOpen() && !first().onlySyncs();
    }

    private ServerVerdict completion() {
        if (!isAnswerable() || !first().simple && completions == first().extended) {
            return serverOpaque();
        }
        completions++;
        return belongsToFirst();
    }

    private ServerVerdict error() {
        if (!isOpen()) {
            return ServerVerdict.ASYNC;
        }
        error = true;
        errorAfterCopyIn |= copyIns > 0;
        OpenExchange first = first();
        if (first.simple && completions < first.extended) {
            if (!isLastHead()) {
                return serverOpaque();
            }
            first.simple = false;
        }
        return belongsToFirst();
    }

    private ServerVerdict copyIn() {
        if (!isAnswerable()) {
            return serverOpaque();
        }
        copyIns++;
        OpenExchange first = first();
        boolean swallowsLaterExchanges = !isLastHead() && first.copyEnds < copyIns;
        boolean severalCopiesAmongSyncs = copyIns > 1 && !first.simple && first.earlySyncs + first.innerSyncs > 0;
        return swallowsLaterExchanges || severalCopiesAmongSyncs ? serverOpaque() : belongsToFirst();
    }

    private ServerVerdict belongsToFirst() {
        serverOrdinal = head;
        return ServerVerdict.EXCHANGE;
    }

    private ServerVerdict serverOpaque() {
        opaque = true;
        return ServerVerdict.OPAQUE;
    }

    /** A ReadyForQuery, announced by {@link #server}, has been read to its end. */
    public ReadyVerdict ready() {
        if (opaque) {
            return ReadyVerdict.OPAQUE;
        }
        readies++;
        int expected = expectedReadies(first());
        if (readies < expected) {
            return ReadyVerdict.GOES_ON;
        }
        if (readies > expected) {
            opaque = true;
            return ReadyVerdict.OPAQUE;
        }
        head++;
        completions = 0;
        copyIns = 0;
        readies = 0;
        error = false;
        errorAfterCopyIn = false;
        return ReadyVerdict.ENDS_EXCHANGE;
    }

    /** How many ReadyForQuery a request gets, by its Syncs and what the answer says of COPY; 0 where that is unclear. */
    private int expectedReadies(OpenExchange exchange) {
        if (copyIns == 0) {
            return (exchange.simple ? 1 : 0) + exchange.syncs();
        }
        if (exchange.simple) {
            return errorAfterCopyIn && exchange.innerSyncs > 0 ? 0 : 1;
        }
        if (!errorAfterCopyIn) {
            return exchange.lateSyncs;
        }
        return switch (exchange.syncsAfterCopyBegan()) {
            case 0 -> Math.min(1, exchange.earlySyncs);
            case 1 -> 1;
            default -> 0;
        };
    }
}
