package dev.understudy.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.cli.kafka.KafkaAccess;
import dev.understudy.cli.kafka.Runs;
import dev.understudy.cli.output.Figures;
import dev.understudy.cli.output.Json;
import dev.understudy.cli.output.ListFormat;
import dev.understudy.cli.output.Table;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunStart;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(name = "runs", description = "Lists the replays whose outcomes Kafka holds.")
final class RunsCommand extends UnderstudyCommand {
    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table", description = "table (default) or json.")
    private ListFormat format = ListFormat.TABLE;

    RunsCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        try (KafkaAccess kafka = common().kafka(context())) {
            List<Runs.Listed> runs = new Runs(kafka).list();
            switch (format) {
                case JSON -> json(runs);
                case TABLE -> table(runs);
            }
        }
        return ExitCode.OK;
    }

    private void table(List<Runs.Listed> runs) {
        Table table =
                new Table("RUN", "CAPTURE", "ARMS", "ORDER", "SPEED", "STARTED", "STATE", "EXCHANGES", "COMPARED");
        for (Runs.Listed run : runs) {
            Optional<RunStart> start = run.start();
            Optional<RunEnd> end = run.end();
            table.row(
                    run.name(),
                    start.map(RunStart::capture).orElse("-"),
                    start.map(RunsCommand::arms).orElse("-"),
                    start.map(RunStart::order).orElse("-"),
                    start.map(RunStart::speed).orElse("-"),
                    start.map(s -> Figures.time(wall(s.wallMicros()))).orElse("-"),
                    state(end),
                    end.map(e -> Figures.count(e.exchanges())).orElse("-"),
                    end.map(e -> Figures.count(compared(e))).orElse("-"));
        }
        if (table.isEmpty()) {
            context().say("no runs yet: `understudy replay` makes one");
        } else {
            table.lines().forEach(context()::print);
        }
    }

    private void json(List<Runs.Listed> runs) {
        ArrayNode array = Json.array();
        for (Runs.Listed run : runs) {
            ObjectNode node = array.addObject().put("run", run.name()).put("state", state(run.end()));
            run.start().ifPresent(start -> {
                node.put("capture", start.capture())
                        .put("order", start.order())
                        .put("speed", start.speed())
                        .put("mode", start.mode())
                        .put("started", wall(start.wallMicros()).toString());
                ObjectNode arms = node.putObject("arms");
                start.arms().forEach(arm -> arms.put(term(arm.arm()), arm.address()));
            });
            run.end().ifPresent(end -> {
                node.put("ended", wall(end.wallMicros()).toString()).put("exchanges", end.exchanges());
                ObjectNode classes = node.putObject("dispositions");
                end.dispositions().forEach((disposition, n) -> classes.put(disposition.name(), n));
            });
        }
        context().print(Json.pretty(array));
    }

    private static String state(Optional<RunEnd> end) {
        return end.map(e -> e.complete() ? "complete" : "partial").orElse("running or killed");
    }

    private static String arms(RunStart start) {
        return start.arms().stream().map(ArmState::arm).map(RunsCommand::term).collect(Collectors.joining("+"));
    }

    private static String term(Arm arm) {
        return arm.name().toLowerCase(Locale.ROOT);
    }

    private static long compared(RunEnd end) {
        return end.dispositions().getOrDefault(Disposition.COMPARED, 0L);
    }

    private static Instant wall(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }
}
