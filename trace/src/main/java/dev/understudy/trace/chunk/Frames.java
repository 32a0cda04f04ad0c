package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What of an exchange's entry can stand in parts.
 *
 * @param id the exchange
 * @param request the client's frames
 * @param requestParts how many parts hold them
 * @param answer the answer, null for a Begun
 */
record Frames(
        ExchangeId id,
        ByteBuf request,
        int requestParts,
        @Nullable Answer answer) {
    /** Those of an entry, null if it is no exchange's. */
    static @Nullable Frames of(Entry entry) {
        if (entry instanceof Exchange exchange) {
            return new Frames(exchange.id(), exchange.request(), exchange.requestParts(), exchange.answer());
        } else if (entry instanceof Begun begun) {
            return new Frames(begun.id(), begun.request(), begun.requestParts(), null);
        } else if (entry instanceof Done done) {
            return new Frames(done.id(), done.requestRest(), done.requestParts(), done.answer());
        }
        return null;
    }

    Frames withRequest(ByteBuf newRequest, int newParts) {
        return new Frames(id, newRequest, newParts, answer);
    }

    Frames withAnswer(ByteBuf newFrames, int newParts) {
        Answer old = answer;
        return old == null
                ? this
                : new Frames(
                        id,
                        request,
                        requestParts,
                        new Answer(
                                newFrames,
                                newParts,
                                old.omissions(),
                                old.tags(),
                                old.status(),
                                old.firstNanos(),
                                old.endNanos()));
    }

    /** How many parts hold the answer. */
    int answerParts() {
        return answer == null ? 0 : answer.parts();
    }

    int requestBytes() {
        return request.readableBytes();
    }

    int answerBytes() {
        return answer == null ? 0 : answer.frames().readableBytes();
    }

    /** The entry with these frames in place of its own. */
    Entry in(Entry entry) {
        if (entry instanceof Begun begun) {
            return new Begun(begun.counter(), begun.id(), begun.before(), begun.segments(), request, requestParts);
        }
        Answer present = answer;
        if (present == null) {
            throw new IllegalArgumentException("entry=" + entry.getClass().getSimpleName() + ": expected a Begun");
        }
        if (entry instanceof Exchange exchange) {
            return new Exchange(
                    exchange.counter(),
                    exchange.id(),
                    exchange.doneNo(),
                    exchange.before(),
                    exchange.flags(),
                    exchange.segments(),
                    request,
                    requestParts,
                    present);
        }
        Done done = (Done) entry;
        return new Done(
                done.counter(),
                done.id(),
                done.doneNo(),
                done.flags(),
                done.segments(),
                request,
                requestParts,
                present);
    }
}
