package dev.understudy.capture.proxy;

import dev.understudy.capture.tap.LoopTap;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What belongs to one event loop: its tap, its relays, and those of them that wait for room. Everything in here runs on
 * that loop.
 */
final class ProxyLoop {
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

    boolean hasRelays() {
        return !relays.isEmpty();
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
