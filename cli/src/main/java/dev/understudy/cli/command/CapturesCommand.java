package dev.understudy.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.cli.kafka.Captures;
import dev.understudy.cli.kafka.KafkaAccess;
import dev.understudy.cli.output.Figures;
import dev.understudy.cli.output.Json;
import dev.understudy.cli.output.ListFormat;
import dev.understudy.cli.output.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists captures. */
@Command(name = "captures", description = "Lists the captures that Kafka holds.")
final class CapturesCommand extends UnderstudyCommand {
    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table", description = "table (default) or json.")
    private ListFormat format = ListFormat.TABLE;

    CapturesCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        try (KafkaAccess kafka = common().kafka(context())) {
            List<Captures.Listed> captures = new Captures(kafka).list();
            switch (format) {
                case JSON -> json(captures);
                case TABLE -> table(captures);
            }
        }
        return ExitCode.OK;
    }

    private void table(List<Captures.Listed> captures) {
        Table table = new Table("CAPTURE", "LANES", "CHUNKS", "FIRST WRITTEN", "LAST WRITTEN");
        for (Captures.Listed c : captures) {
            table.row(
                    c.name(),
                    Integer.toString(c.lanes()),
                    Figures.count(c.chunks()),
                    c.chunks() == 0 ? "-" : Figures.time(c.first()),
                    c.chunks() == 0 ? "-" : Figures.time(c.last()));
        }
        if (table.isEmpty()) {
            context().say("no captures yet: `understudy capture` makes one");
        } else {
            table.lines().forEach(context()::print);
        }
    }

    private void json(List<Captures.Listed> captures) {
        ArrayNode array = Json.array();
        for (Captures.Listed c : captures) {
            array.addObject()
                    .put("capture", c.name())
                    .put("lanes", c.lanes())
                    .put("chunks", c.chunks())
                    .put("firstWritten", c.chunks() == 0 ? null : c.first().toString())
                    .put("lastWritten", c.chunks() == 0 ? null : c.last().toString());
        }
        context().print(Json.pretty(array));
    }
}
