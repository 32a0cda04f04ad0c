package dev.understudy.cli.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.understudy.cli.CommandException;
import dev.understudy.cli.Context;
import dev.understudy.cli.Understudy;
import dev.understudy.cli.config.InvalidFileException;
import dev.understudy.cli.kafka.KafkaAccess;
import dev.understudy.lab.broker.SharedBroker;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The flags that every command has. */
public final class CommonOptions {
    @Option(
            names = "--bootstrap-server",
            order = 901,
            paramLabel = "HOST:PORT",
            description = "Kafka's address. Without it an embedded broker serves: its log is in the data directory, and"
                    + " later and concurrent commands find it there.")
    private @Nullable String bootstrapServer;

    @Option(
            names = "--command-config",
            order = 902,
            paramLabel = "FILE",
            description = "Properties for Kafka's clients, such as security.protocol.")
    private @Nullable Path commandConfig;

    @Option(
            names = "--data-dir",
            order = 903,
            paramLabel = "DIR",
            description = "Where captures spool and the embedded broker keeps its log. Default:"
                    + " $XDG_STATE_HOME/understudy, else ~/.local/state/understudy.")
    private @Nullable Path dataDir;

    @Option(
            names = "--config",
            order = 904,
            paramLabel = "FILE",
            description = "A YAML file with values for flags that are not given. Flags count more than UNDERSTUDY_*"
                    + " variables, and those more than the file.")
    @SuppressWarnings("UnusedVariable") // for help and checks: it is read before picocli parses, see Understudy
    private @Nullable Path config;

    @Option(
            names = {"-v", "--verbose"},
            order = 905,
            fallbackValue = "true",
            description = "More on stderr: what the parts say, stack traces.")
    private boolean verbose;

    private Map<String, String> configuredKafka = Map.of();

    /** Whether errors come with their stack traces. */
    public boolean isVerbose() {
        return verbose;
    }

    /**
     * Applies what takes effect before the command does anything.
     *
     * @param kafka properties for Kafka's clients from the configuration file
     */
    public void begin(Map<String, String> kafka) {
        configuredKafka = kafka;
        // On one thread, before several want it: else it grumbles on stderr.
        LoggerFactory.getILoggerFactory();
        if (verbose) {
            ((Logger) LoggerFactory.getLogger("dev.understudy")).setLevel(Level.DEBUG);
            ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
        }
    }

    Path dataDir(Context context) {
        if (dataDir != null) {
            return dataDir.toAbsolutePath().normalize();
        }
        String state = context.surroundings().environment().get("XDG_STATE_HOME");
        Path base = state == null || state.isEmpty()
                ? context.surroundings().home().resolve(".local/state")
                : Path.of(state);
        return base.resolve("understudy").toAbsolutePath();
    }

    /** Whether a cluster or a data directory was named, so that what a command leaves in Kafka is wanted later. */
    boolean isKafkaChosen() {
        return dataDir != null || !usesEmbeddedBroker();
    }

    /** Whether the embedded broker is what this command would use. */
    boolean usesEmbeddedBroker() {
        return !clientProperties().containsKey(KafkaAccess.BOOTSTRAP);
    }

    /**
     * Reaches Kafka; the caller closes it.
     *
     * @throws IOException if the embedded broker does not come up
     */
    KafkaAccess kafka(Context context) throws IOException {
        return usesEmbeddedBroker()
                ? embedded(dataDir(context), clientProperties())
                : KafkaAccess.cluster(clientProperties());
    }

    /**
     * As {@link #kafka}, but a cluster need not answer now.
     *
     * @throws IOException if the embedded broker does not come up
     */
    KafkaAccess kafkaInTime(Context context) throws IOException {
        return usesEmbeddedBroker()
                ? embedded(dataDir(context), clientProperties())
                : KafkaAccess.uncheckedCluster(clientProperties());
    }

    static KafkaAccess embedded(Path dataDir, Map<String, String> properties) throws IOException {
        return KafkaAccess.embedded(
                properties,
                dataDir,
                SharedBroker.javaCommand(
                        Understudy.class.getName(), BrokerCommand.NAME, "--data-dir", dataDir.toString()));
    }

    private Map<String, String> clientProperties() {
        Map<String, String> properties = new LinkedHashMap<>(configuredKafka);
        if (commandConfig != null) {
            read(commandConfig).forEach((key, value) -> properties.put((String) key, (String) value));
        }
        if (bootstrapServer != null) {
            if (!bootstrapServer.matches("[^:,\\s]+:\\d{1,5}(,[^:,\\s]+:\\d{1,5})*|\\[[^\\s,]+]:\\d{1,5}")) {
                throw CommandException.usage("--bootstrap-server=" + bootstrapServer + ": expected HOST:PORT");
            }
            properties.put(KafkaAccess.BOOTSTRAP, bootstrapServer);
        }
        return properties;
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidFileException(file + ": expected Kafka properties as name=value: " + e.getMessage());
        }
        return properties;
    }
}
