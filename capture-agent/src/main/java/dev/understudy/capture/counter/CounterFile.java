package dev.understudy.capture.counter;

import dev.understudy.capture.CaptureException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A capture's counter of completed exchanges, its agent's identity and its starts, in a memory-mapped file: what was
 * counted is in the page cache at once and outlives the process, however it ends.
 *
 * <pre>
 *   offset  bytes  (numbers in the machine's byte order: the file never leaves its host)
 *        0      8  magic and format version, "USCOUNT1"
 *        8     16  the agent's UUID, given at the file's creation
 *       24      8  epoch: how often an agent has started on this file
 *       32      8  the last epoch that closed in good order
 *       64      8  the counter, alone on its cache line
 * </pre>
 *
 * <p>{@link #get} and {@link #increment} may be called from any thread and, since they are atomic operations on shared
 * memory, by several processes. {@link #open} locks the file, so that one agent owns the capture's epoch and spool.
 */
public final class CounterFile implements SharedCounter, AutoCloseable {
    private static final byte[] MAGIC = {'U', 'S', 'C', 'O', 'U', 'N', 'T', '1'};
    private static final int UUID_AT = 8;
    private static final int EPOCH_AT = 24;
    private static final int CLOSED_EPOCH_AT = 32;
    private static final int COUNTER_AT = 64;
    private static final int LENGTH = 4096;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final FileChannel channel;
    private final FileLock lock;
    private final MappedByteBuffer memory;
    private final UUID agent;

    private CounterFile(FileChannel channel, FileLock lock, MappedByteBuffer memory) {
        this.channel = channel;
        this.lock = lock;
        this.memory = memory;
        this.agent = new UUID(memory.getLong(UUID_AT), memory.getLong(UUID_AT + Long.BYTES));
    }

    /**
     * Opens the file, creating it for a new capture, and locks it against a second agent.
     *
     * @throws CaptureException if it is in use, is no counter file, or cannot be written
     */
    public static CounterFile open(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                return open(path, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CaptureException(CaptureException.Category.STORAGE, "counter=" + path + ": " + e, e);
        }
    }

    private static CounterFile open(Path path, FileChannel channel) throws IOException {
        FileLock lock = lock(path, channel);
        boolean created = channel.size() == 0;
        MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
        memory.order(ByteOrder.nativeOrder());
        if (created) {
            UUID agent = UUID.randomUUID();
            memory.putLong(UUID_AT, agent.getMostSignificantBits());
            memory.putLong(UUID_AT + Long.BYTES, agent.getLeastSignificantBits());
            memory.put(0, MAGIC);
            memory.force();
        }
        byte[] magic = new byte[MAGIC.length];
        memory.get(0, magic);
        if (!ByteBuffer.wrap(magic).equals(ByteBuffer.wrap(MAGIC))) {
            throw new CaptureException(
                    CaptureException.Category.STORAGE,
                    "counter=" + path
                            + ": expected a counter file of version 1; move it away or use another data directory");
        }
        return new CounterFile(channel, lock, memory);
    }

    private static FileLock lock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new CaptureException(
                    CaptureException.Category.INVALID,
                    "counter=" + path + ": another agent runs this capture; stop it, or choose another name");
        }
        return lock;
    }

    @Override
    public long get() {
        return (long) LONGS.getVolatile(memory, COUNTER_AT);
    }

    @Override
    public long increment() {
        return (long) LONGS.getAndAdd(memory, COUNTER_AT, 1L) + 1;
    }

    /** The agent's identity, the same for every epoch. */
    public UUID agent() {
        return agent;
    }

    /** Counts one more start: the epoch that begins with this call. */
    public int beginEpoch() {
        long epoch = (long) LONGS.getAndAdd(memory, EPOCH_AT, 1L) + 1;
        memory.force();
        return Math.toIntExact(epoch);
    }

    /** How many epochs have begun. */
    public int epochs() {
        return (int) (long) LONGS.getVolatile(memory, EPOCH_AT);
    }

    /** Whether the last epoch that began has also closed in good order; true where none has begun. */
    public boolean isClosed() {
        return (long) LONGS.getVolatile(memory, CLOSED_EPOCH_AT) == epochs();
    }

    /** Notes that the running epoch's closing heartbeats are all in the spool. */
    public void closeEpoch() {
        LONGS.setVolatile(memory, CLOSED_EPOCH_AT, (long) epochs());
        memory.force();
    }

    /** Releases the file; the mapping itself lives until it is collected. Closing twice changes nothing. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new CaptureException(CaptureException.Category.STORAGE, "counter: could not be released: " + e, e);
        }
    }
}
