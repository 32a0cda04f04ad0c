package dev.understudy.lab.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The files by which a shared broker and its commands find each other; drawn in the package's description. */
final class BrokerFolder {
    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;

    /** @throws IOException if the folder cannot be made */
    BrokerFolder(Path dataDir) throws IOException {
        folder = Files.createDirectories(dataDir.resolve("broker"));
    }

    Path kafkaLog() {
        return folder.resolve("kafka");
    }

    Path ownLog() {
        return folder.resolve("broker.log");
    }

    /** Takes the lock of the broker process; empty if one runs. */
    Optional<HeldLock> tryRunning() throws IOException {
        return tryLock(folder.resolve("running.lock"));
    }

    /** Takes the lock of the command that starts a broker; empty if one is at it. */
    Optional<HeldLock> tryStarting() throws IOException {
        return tryLock(folder.resolve("starting.lock"));
    }

    /** The port of the last broker here, if there was one: clients that are still alive look for it there. */
    OptionalInt lastPort() throws IOException {
        try {
            return OptionalInt.of(
                    Integer.parseInt(Files.readString(folder.resolve("port")).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    void rememberPort(int port) throws IOException {
        Files.writeString(folder.resolve("port"), port + "\n");
    }

    Optional<BrokerAddress> address() throws IOException {
        try {
            return BrokerAddress.parse(Files.readString(folder.resolve("address")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void publish(BrokerAddress address) throws IOException {
        Path next = folder.resolve("address.next");
        Files.writeString(next, address.format());
        Files.move(
                next, folder.resolve("address"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void withdraw() throws IOException {
        Files.deleteIfExists(folder.resolve("address"));
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    /**
     * POSIX locks belong to the process, and closing any handle of the file drops them: so a file that this process
     * has locked must not even be opened again.
     */
    private static Optional<HeldLock> tryLock(Path file) throws IOException {
        Path key = file.toAbsolutePath().normalize();
        if (!LOCKED_HERE.add(key)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            return locked ? Optional.of(new HeldLock(key, channel)) : Optional.empty();
        } finally {
            if (!locked) {
                if (channel != null) {
                    channel.close();
                }
                LOCKED_HERE.remove(key);
            }
        }
    }

    /** A file lock, given back by closing; the system gives it back when the process dies. */
    record HeldLock(Path file, FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
            LOCKED_HERE.remove(file);
        }
    }
}
