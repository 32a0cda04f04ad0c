package dev.understudy.diff.state;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Ids and hashes of one side's rows as the server sends them, read on the side's thread and handed over in blocks; what
 * waits is bounded. Belongs to the thread that takes them.
 */
final class HashStream implements AutoCloseable {
    private static final int BLOCK_ROWS = 4_096;
    private static final int MAX_BLOCKS = 4;
    private static final long POLL_MILLIS = 50;

    private final Sides sides;
    private final SideSession side;
    private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(MAX_BLOCKS);
    private final CompletableFuture<Boolean> reading;
    private volatile boolean closed;
    private @Nullable Block block;
    private int at;

    /** Rows, one after the other: id, hash, how many. */
    private static final class Block {
        final long[] ids = new long[BLOCK_ROWS];
        final long[] hashes = new long[BLOCK_ROWS];
        final long[] counts = new long[BLOCK_ROWS];
        int size;
    }

    /** Starts to read what the COPY statements give, one after the other. */
    HashStream(Sides sides, SideSession side, List<String> copies) {
        this.sides = sides;
        this.side = side;
        this.reading = sides.start(side, session -> {
            read(session, copies);
            return true;
        });
    }

    /** Goes to the next row; false after the last. */
    boolean next() throws SideException, InterruptedException {
        at++;
        while (block == null || at >= block.size) {
            boolean ended = reading.isDone();
            Block next = blocks.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) {
                block = next;
                at = 0;
            } else if (ended) {
                Sides.result(reading);
                return false;
            }
        }
        return true;
    }

    long id() {
        return current().ids[at];
    }

    long hash() {
        return current().hashes[at];
    }

    long count() {
        return current().counts[at];
    }

    private Block current() {
        if (block == null) {
            throw new IllegalStateException("next() was not called, or gave false");
        }
        return block;
    }

    /** Ends the reading, finished or not. */
    @Override
    public void close() {
        closed = true;
        blocks.clear();
        sides.end(reading, side);
    }

    private void read(SideSession session, List<String> copies) throws SQLException, InterruptedException {
        Block filling = new Block();
        for (String copy : copies) {
            CopyOut out =
                    session.connection().unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
            for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
                parse(row, filling);
                if (filling.size == BLOCK_ROWS) {
                    hand(filling);
                    filling = new Block();
                }
            }
            if (closed) {
                return;
            }
        }
        hand(filling);
    }

    private void hand(Block filled) throws InterruptedException {
        while (!closed && !blocks.offer(filled, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            // Whoever takes them is behind; the server waits with us.
        }
    }

    private static void parse(byte[] row, Block into) throws SQLException {
        long[] fields = {0, 0, 1};
        int field = 0;
        boolean negative = false;
        long value = 0;
        for (byte c : row) {
            if (c == '-') {
                negative = true;
            } else if (c >= '0' && c <= '9') {
                value = value * 10 + (c - '0');
            } else if ((c == '\t' || c == '\n') && field < fields.length) {
                fields[field++] = negative ? -value : value;
                value = 0;
                negative = false;
            } else {
                throw new SQLException(
                        "expected two or three bigints, found " + new String(row, StandardCharsets.UTF_8));
            }
        }
        into.ids[into.size] = fields[0];
        into.hashes[into.size] = fields[1];
        into.counts[into.size] = fields[2];
        into.size++;
    }
}
