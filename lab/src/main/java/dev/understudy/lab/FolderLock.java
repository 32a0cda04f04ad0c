package dev.understudy.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file, against other processes and against other callers in this one. Given back by closing; the system
 * gives it back when the process dies.
 *
 * <p>POSIX locks belong to the process, and closing any handle of the file drops them: so a file that this process has
 * locked is not even opened again.
 */
public final class FolderLock implements AutoCloseable {
    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock; empty if somebody has it.
     *
     * @param file made if missing
     * @throws IOException if it cannot be made
     */
    public static Optional<FolderLock> tryLock(Path file) throws IOException {
        Path key = file.toAbsolutePath().normalize();
        if (!LOCKED_HERE.add(key)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            return locked ? Optional.of(new FolderLock(key, channel)) : Optional.empty();
        } finally {
            if (!locked) {
                if (channel != null) {
                    channel.close();
                }
                LOCKED_HERE.remove(key);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            LOCKED_HERE.remove(file);
        }
    }
}
