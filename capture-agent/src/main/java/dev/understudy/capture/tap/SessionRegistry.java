package dev.understudy.capture.tap;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Serial numbers of an epoch's sessions, and which session has which backend. Any thread may call it. */
public final class SessionRegistry {
    private final AtomicInteger serials = new AtomicInteger();
    private final ConcurrentMap<Integer, SessionTap> byServerPid = new ConcurrentHashMap<>();

    int nextSerial() {
        return serials.incrementAndGet();
    }

    void add(int serverPid, SessionTap session) {
        if (serverPid != 0) {
            byServerPid.put(serverPid, session);
        }
    }

    void remove(int serverPid, SessionTap session) {
        byServerPid.remove(serverPid, session);
    }

    /** The session of that backend, null if it is none of ours. */
    public @Nullable SessionTap byServerPid(int serverPid) {
        return byServerPid.get(serverPid);
    }
}
