package dev.understudy.lab.broker;

import dev.understudy.lab.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalInt;

/** The files by which a shared broker and its commands find each other; drawn in the package's description. */
final class BrokerFolder {
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
    Optional<FolderLock> tryRunning() throws IOException {
        return FolderLock.tryLock(folder.resolve("running.lock"));
    }

    /** Takes the lock of the command that starts a broker; empty if one is at it. */
    Optional<FolderLock> tryStarting() throws IOException {
        return FolderLock.tryLock(folder.resolve("starting.lock"));
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
}
