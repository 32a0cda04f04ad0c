package dev.understudy.capture.proxy;

import dev.understudy.capture.tap.LoopTap;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What belongs to one event loop: its tap, its relays, and those of them that wait for room. Everything in here runs on
 * that loop.
 */
final class ProxyLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyLoop.class);

    private static final long ROOM_POLL_MILLIS = 1;

    private final EventLoop loop;
    private final LoopTap tap;
    private final Upstream upstream;
    private final boolean blocking;
    private final Set<Relay> relays = new HashSet<>();
    private final List<Relay> waiting = new ArrayList<>();

    ProxyLoop(EventLoop loop, LoopTap tap, Upstream upstream, boolean blocking) {
        this.loop = loop;
        this.tap = tap;
        this.upstream = upstream;
        this.blocking = blocking;
    }

    EventLoop eventLoop() {
        return loop;
    }

    LoopTap tap() {
        return tap;
    }

    Upstream upstream() {
        return upstream;
    }

    /** Whether clients have to wait for room rather than lose the recording. */
    boolean isBlocking() {
        return blocking;
    }

    void add(Relay relay) {
        relays.add(relay);
    }

    void remove(Relay relay) {
        relays.remove(relay);
    }

    /** Calls {@link Relay#resume} when there may be room; the relay asks again if there is not enough. */
    void waitForRoom(Relay relay) {
        waiting.add(relay);
        if (waiting.size() == 1) {
            loop.schedule(this::resume, ROOM_POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void resume() {
        List<Relay> now = new ArrayList<>(waiting);
        waiting.clear();
        now.forEach(Relay::resume);
    }

    /** Hands over what has been tapped; an error in there must not end the loop's clockwork. */
    void flushTap() {
        try {
            tap.writer().flush();
        } catch (RuntimeException e) {
            LOG.error("the tap could not be flushed", e);
        }
    }

    /** Whether no session is open and everything tapped has been handed over. */
    boolean isDrained() {
        return relays.isEmpty() && tap.writer().isDrained();
    }

    /** Ends the sessions that can be ended without harm, or all of them. */
    void drain(boolean all) {
        List<Relay> now = new ArrayList<>(relays);
        for (Relay relay : now) {
            if (all || relay.isIdle()) {
                relay.shutDown();
            }
        }
    }
}
