package dev.understudy.capture.counter;

/** The counter of completed exchanges. Any thread may call it. */
public interface SharedCounter {
    /** How many have completed. */
    long get();

    /** Counts one more and answers its number, from 1 on. */
    long increment();
}
