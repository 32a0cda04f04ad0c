package dev.understudy.cli.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.lab.broker.BrokerProcess;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The embedded broker's process: started by other commands, never by a user. */
@Command(
        name = BrokerCommand.NAME,
        hidden = true,
        description = "Serves as the embedded broker of a data directory until no command needs it.")
final class BrokerCommand extends UnderstudyCommand {
    static final String NAME = "broker";

    @Option(
            names = "--linger-seconds",
            paramLabel = "N",
            defaultValue = "15",
            description = "How long it stays without a command.")
    private int lingerSeconds;

    BrokerCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        ((Logger) LoggerFactory.getLogger("dev.understudy")).setLevel(Level.INFO);
        BrokerProcess.run(common().dataDir(context()), Duration.ofSeconds(lingerSeconds));
        return ExitCode.OK;
    }
}
