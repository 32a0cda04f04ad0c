package dev.understudy.capture.sink;

/** Where chunks go for good. Called by the shipper's thread only. */
public interface ChunkSink extends AutoCloseable {
    /**
     * Sends a lane's next chunk; may wait for room, not for the acknowledgement. Chunks of a lane arrive in the order in
     * which they are sent.
     *
     * @param chunk borrowed until the receipt is given
     * @param receipt told once, from any thread, unless the sink is closed before
     */
    void send(int lane, byte[] chunk, Receipt receipt);

    /** Gives up what is under way. */
    @Override
    void close();

    /** What became of a chunk. */
    interface Receipt {
        /** It will not be lost. */
        void acknowledged();

        /** It may or may not have arrived; the sink is of no more use. */
        void failed(Exception why);
    }
}
