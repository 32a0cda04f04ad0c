package dev.understudy.cli.command;

import dev.understudy.cli.CommandException;
import dev.understudy.cli.Context;
import dev.understudy.cli.config.InvalidFileException;
import dev.understudy.cli.demo.Demo;
import dev.understudy.cli.demo.DemoPlan;
import dev.understudy.cli.demo.DemoServers;
import dev.understudy.cli.kafka.KafkaAccess;
import dev.understudy.lab.kafka.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole path on embedded servers. */
@Command(
        name = "demo",
        description =
                "Shows the whole path on embedded servers and a sample shop, in about half a minute: exit 0 if the"
                        + " planted fault is found, and with --fixed none; with --migration the verdict's code.")
final class DemoCommand extends UnderstudyCommand {
    private static final int ROUNDS = 150;

    @Option(
            names = "--fixed",
            fallbackValue = "true",
            description = {
                "Shows the whole path on embedded servers and a sample shop, in about half a minute.",
                "Exit 0 if the planted fault is found, and with --fixed none; with --migration the verdict's code."
            })
    private boolean fixed;

    @Option(
            names = "--migration",
            paramLabel = "FILE",
            description = "Apply this SQL file in place of the shop's migration.")
    private @Nullable Path migration;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "For the shop's data and traffic. Default: 42.")
    private long seed;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where the report goes. Default: demo in the data directory.")
    private @Nullable Path output;

    DemoCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        if (migration != null && fixed) {
            throw CommandException.usage("--fixed and --migration: expected one of them");
        }
        if (migration != null && !Files.isReadable(migration)) {
            throw new InvalidFileException(migration + ": no such file, or it cannot be read");
        }
        Path report = output != null ? output : common().dataDir(context()).resolve("demo");
        // In a Kafka that stays, each demo needs a name of its own.
        boolean stays = common().isKafkaChosen();
        String name = stays ? "demo-" + context().clock().instant().getEpochSecond() : "demo";
        return new Demo(context(), new DemoPlan(seed, ROUNDS, migration, fixed, report.toAbsolutePath()), name)
                .run(stays ? this::chosenKafka : DemoCommand::ownKafka);
    }

    private DemoServers.StartedKafka chosenKafka(Path unused) throws Exception {
        KafkaAccess kafka = common().kafka(context());
        return new DemoServers.StartedKafka(kafka, kafka.properties());
    }

    private static DemoServers.StartedKafka ownKafka(Path folder) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder);
        return new DemoServers.StartedKafka(kafka, Map.of(KafkaAccess.BOOTSTRAP, kafka.bootstrapServers()));
    }
}
