package dev.understudy.replay.outcome;

import dev.understudy.trace.run.Outcome;

/** Hears of what is written about a run. Called on the thread that writes; must not block. */
public interface OutcomeListener {
    /** Hears nothing. */
    OutcomeListener NONE = new OutcomeListener() {
        @Override
        public void written(Outcome outcome) {}

        @Override
        public void handedOver(int bytes) {}
    };

    /** An exchange's outcome stands in its batch. */
    void written(Outcome outcome);

    /** A batch of this size has been handed to Kafka's producer. */
    void handedOver(int bytes);
}
