package dev.understudy.cli.command;

import dev.understudy.cli.CommandException;
import dev.understudy.replay.NameMap;
import dev.understudy.replay.ReplayScope;
import dev.understudy.replay.blocked.BlockedRule;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The flags that say what of a trace is replayed. */
final class ScopeOptions {
    @Option(
            names = "--allow",
            paramLabel = "RULE",
            split = ",",
            description = {
                "Send statements that this rule leaves out because they reach beyond the database. Rules: dblink,"
                        + " foreign-table, remote-call, copy-program, copy-file, server-file, load, untrusted-language,"
                        + " backend-signal, server-control, alter-system, replication, database, tablespace, role."
            })
    private List<String> allow = List.of();

    @Option(
            names = "--map-user",
            paramLabel = "FROM=TO",
            split = ",",
            description =
                    "Sessions of production's role FROM run as TO (default: as a role of the same name, which must"
                            + " exist). What SQL says of roles stays as it is.")
    private List<String> mapUser = List.of();

    @Option(
            names = "--map-database",
            paramLabel = "FROM=TO",
            split = ",",
            description =
                    "Sessions that asked for database FROM, such as a pooler's alias of the captured one, run on the"
                            + " target's database TO (default: the captured database's only).")
    private List<String> mapDatabase = List.of();

    /** The scope as the flags have it. */
    ReplayScope scope() {
        try {
            return ReplayScope.WHOLE
                    .withAllowed(allow.stream()
                            .map(String::trim)
                            .map(BlockedRule::of)
                            .collect(Collectors.toSet()))
                    .withUsers(NameMap.parse("map-user", mapUser))
                    .withDatabases(NameMap.parse("map-database", mapDatabase));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--" + e.getMessage());
        }
    }
}
