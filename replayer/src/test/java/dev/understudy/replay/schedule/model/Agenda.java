package dev.understudy.replay.schedule.model;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Made-up time: what happens when. */
final class Agenda {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::serial));
    private long now;
    private long serial;

    private record Event(long time, long serial, Runnable action) {}

    long now() {
        return now;
    }

    void at(long time, Runnable action) {
        events.add(new Event(Math.max(time, now), serial++, action));
    }

    void in(long delay, Runnable action) {
        at(now + delay, action);
    }

    /** Lets the next thing happen; false if there is none. */
    boolean step() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.time();
        event.action().run();
        return true;
    }
}
