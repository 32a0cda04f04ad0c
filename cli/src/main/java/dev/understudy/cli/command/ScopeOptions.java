package dev.understudy.cli.command;

import dev.understudy.cli.CommandException;
import dev.understudy.replay.ReplayScope;
import dev.understudy.replay.blocked.BlockedRule;
import java.util.List;
import java.util.Set;
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

    /** The scope as the flags have it. */
    ReplayScope scope() {
        return ReplayScope.WHOLE.withAllowed(allowed());
    }

    private Set<BlockedRule> allowed() {
        try {
            return allow.stream().map(String::trim).map(BlockedRule::of).collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--" + e.getMessage());
        }
    }
}
