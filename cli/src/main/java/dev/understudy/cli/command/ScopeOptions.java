package dev.understudy.cli.command;

import dev.understudy.cli.CommandException;
import dev.understudy.replay.NameMap;
import dev.understudy.replay.ReplayScope;
import dev.understudy.replay.blocked.BlockedRule;
import dev.understudy.replay.selection.Filter;
import dev.understudy.replay.selection.Selection;
import dev.understudy.replay.selection.Share;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Transactions that production's clients began at this time (RFC 3339, such as"
                    + " 2026-11-20T09:00:00Z) or later, by production's clock.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Transactions that began before this time.")
    private @Nullable String until;

    @Option(
            names = "--from-cut",
            paramLabel = "NAME",
            defaultValue = "",
            description =
                    "What had not ended at this cut, from which the copies were made. Statements that transactions"
                            + " open at the cut ran before it are replayed, not compared.")
    private String fromCut = "";

    @Option(
            names = "--filter",
            paramLabel = "KIND=VALUE",
            split = ",",
            description = "Sessions and statements that match: user=, database=, application= (of the session's start),"
                    + " fingerprint=. Several of a kind are alternatives. Only with --order session, for read-only"
                    + " traffic.")
    private List<String> filter = List.of();

    @Option(
            names = "--share",
            paramLabel = "I/N",
            defaultValue = "1/1",
            description =
                    "The I-th of N processes that share a trace by its lanes, each with a run of its own. Only with"
                            + " --order session, for read-only traffic.")
    private String share = "1/1";

    /** The scope as the flags have it. */
    ReplayScope scope() {
        try {
            return ReplayScope.WHOLE
                    .withAllowed(allow.stream()
                            .map(String::trim)
                            .map(BlockedRule::of)
                            .collect(Collectors.toSet()))
                    .withUsers(NameMap.parse("map-user", mapUser))
                    .withDatabases(NameMap.parse("map-database", mapDatabase))
                    .withSelection(Selection.WHOLE
                            .within(micros("from", from, Long.MIN_VALUE), micros("until", until, Long.MAX_VALUE))
                            .matching(Filter.parse(filter))
                            .of(Share.parse(share)))
                    .withFromCut(fromCut);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--" + e.getMessage());
        }
    }

    private static long micros(String flag, @Nullable String time, long absent) {
        if (time == null) {
            return absent;
        }
        try {
            return ChronoUnit.MICROS.between(
                    Instant.EPOCH, OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    flag + "=" + time + ": expected a time as RFC 3339 has it, such as 2026-11-20T09:00:00Z");
        }
    }
}
