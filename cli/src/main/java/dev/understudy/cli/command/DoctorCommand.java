package dev.understudy.cli.command;

import dev.understudy.cli.CommandException;
import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.cli.Masking;
import dev.understudy.cli.kafka.KafkaAccess;
import dev.understudy.cli.output.Table;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.failure.SafetyRefusal;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.safety.DatabaseIdentity;
import dev.understudy.replay.safety.JdbcConnections;
import dev.understudy.replay.safety.TargetMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks whether everything is there that the other commands need. */
@Command(
        name = "doctor",
        description = {
            "Looks whether everything is there that the other commands need.",
            "Exit 4 if a service cannot be reached, 5 if a target may not be replayed on, 2 for anything else that is"
                    + " wrong."
        })
final class DoctorCommand extends UnderstudyCommand {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final int OLDEST_POSTGRES = 13;
    private static final int NEWEST_POSTGRES = 18;
    private static final int OLDEST_JAVA = 17;

    @Option(names = "--upstream", paramLabel = "URI", description = "The server to capture.")
    private @Nullable ConnectionInfo upstream;

    @Option(names = "--target", paramLabel = "URI", description = "The database on the migrated schema.")
    private @Nullable ConnectionInfo target;

    @Option(names = "--control", paramLabel = "URI", description = "The database on the old schema.")
    private @Nullable ConnectionInfo control;

    private final Table table = new Table("CHECK", "", "FOUND");
    private int exitCode = ExitCode.OK;
    private @Nullable DatabaseIdentity production;

    DoctorCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        java();
        dataDirectory();
        kafka();
        server("upstream", upstream, false);
        server("control", control, true);
        server("target", target, true);
        table.lines().forEach(context()::print);
        return exitCode;
    }

    private void java() {
        String found = System.getProperty("java.version") + " in " + System.getProperty("java.home");
        if (Runtime.version().feature() >= OLDEST_JAVA) {
            good("java", found);
        } else {
            bad("java", found + ": expected " + OLDEST_JAVA + " or newer", ExitCode.USAGE);
        }
    }

    private void dataDirectory() {
        Path folder = common().dataDir(context());
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, "doctor", null);
            Files.delete(probe);
            long free = Files.getFileStore(folder).getUsableSpace();
            good("data directory", folder + ", " + dev.understudy.cli.output.Figures.bytes(free) + " free");
        } catch (IOException e) {
            bad("data directory", folder + " cannot be written: " + e, ExitCode.USAGE);
        }
    }

    private void kafka() {
        boolean embedded = common().usesEmbeddedBroker();
        String what = embedded ? "kafka (embedded)" : "kafka";
        try (KafkaAccess kafka = common().kafka(context());
                Admin admin = kafka.admin()) {
            int nodes = admin.describeCluster().nodes().get().size();
            good(what, kafka.bootstrapServers() + ", " + nodes + (nodes == 1 ? " broker" : " brokers"));
        } catch (CommandException e) {
            bad(what, String.valueOf(e.getMessage()), e.exitCode());
        } catch (IOException | java.util.concurrent.ExecutionException e) {
            bad(what, String.valueOf(e.getMessage()), ExitCode.UNREACHABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            bad(what, "interrupted", ExitCode.UNREACHABLE);
        }
    }

    private void server(String what, @Nullable ConnectionInfo info, boolean replayedOn) {
        if (info == null) {
            return;
        }
        try (Connection connection = JdbcConnections.open(info, CONNECT_WITHIN)) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            String found = info + ", PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
            if (version >= OLDEST_POSTGRES && version <= NEWEST_POSTGRES) {
                good(what, found);
            } else {
                bad(what, found + ": expected " + OLDEST_POSTGRES + " to " + NEWEST_POSTGRES, ExitCode.USAGE);
            }
            DatabaseIdentity identity = DatabaseIdentity.read(connection);
            if (replayedOn) {
                mayBeReplayedOn(what, connection, identity);
            } else {
                production = identity;
            }
        } catch (ServiceUnreachable | SQLException e) {
            bad(what, Objects.requireNonNullElse(e.getMessage(), e.toString()), ExitCode.UNREACHABLE);
        } catch (ReplayUsageError e) {
            bad(what, String.valueOf(e.getMessage()), ExitCode.USAGE);
        } catch (SafetyRefusal e) {
            bad(what, String.valueOf(e.getMessage()), ExitCode.REFUSED);
        }
    }

    private void mayBeReplayedOn(String what, Connection connection, DatabaseIdentity identity) throws SQLException {
        Optional<TargetMark> mark = TargetMark.read(connection);
        LocalDate today = LocalDate.now(context().clock());
        if (!identity.isKnown()) {
            bad(what + " identity", "the role may not call pg_control_system()", ExitCode.REFUSED);
        } else if (identity.equals(production)) {
            bad(what + " identity", "is the database of --upstream: it will be refused", ExitCode.REFUSED);
        } else if (mark.isEmpty()) {
            bad(what + " mark", "none; do: understudy mark --target ...", ExitCode.REFUSED);
        } else if (!mark.get().identity().equals(identity)) {
            bad(what + " mark", "made for another database; do: understudy mark --target ...", ExitCode.REFUSED);
        } else if (mark.get().until().filter(day -> day.isBefore(today)).isPresent()) {
            bad(what + " mark", "expired on " + mark.get().until().get(), ExitCode.REFUSED);
        } else {
            good(what + " mark", mark.get().until().map(day -> "until " + day).orElse("without end"));
        }
    }

    private void good(String check, String found) {
        table.row(check, "ok", found);
    }

    private void bad(String check, String found, int code) {
        table.row(check, "FAIL", Masking.mask(found.replace('\n', ' ')));
        exitCode = exitCode == ExitCode.OK || exitCode == ExitCode.USAGE ? code : exitCode;
    }
}
