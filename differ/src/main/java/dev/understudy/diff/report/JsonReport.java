package dev.understudy.diff.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.parity.FootprintItem;
import dev.understudy.diff.parity.Parity;
import dev.understudy.expect.gate.Reason;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** The canonical report: JSON of schema {@code understudy-report/1}. */
public final class JsonReport implements ReportWriter {
    /** The schema's name and major version. */
    public static final String SCHEMA = "understudy-report/1";

    private static final MathContext SHARE_DIGITS = new MathContext(6);
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .build()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

    private final JsonNodeFactory nodes = JsonNodeFactory.instance;

    @Override
    public String fileName() {
        return "report.json";
    }

    @Override
    public String write(Report report) {
        try {
            return WRITER.writeValueAsString(tree(report)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of strings and numbers could not be written", e);
        }
    }

    private ObjectNode tree(Report report) {
        ObjectNode root = nodes.objectNode();
        root.put("schema", SCHEMA);
        root.put("run", report.run());
        root.put("mode", report.mode());
        root.put("verdict", report.verdict().label());
        ArrayNode reasons = root.putArray("reasons");
        report.reasons().forEach(reason -> reasons.add(reason(reason)));
        root.set("ledger", ledger(report.ledger()));
        root.set("parity", parity(report.parity()));
        ArrayNode footprint = root.putArray("footprint");
        report.footprint().forEach(item -> footprint.add(footprint(item)));
        ArrayNode groups = root.putArray("groups");
        report.groups().forEach(group -> groups.add(group(group)));
        root.putArray("expectations");
        root.putArray("invariants");
        root.putArray("locks");
        root.putArray("performance");
        ArrayNode untested = root.putArray("untested");
        report.untested().forEach(untested::add);
        return root;
    }

    private ObjectNode reason(Reason reason) {
        ObjectNode node = nodes.objectNode()
                .put("gate", reason.gate())
                .put("unit", lower(reason.rule().metric().unit()));
        node.set(
                "value",
                reason.value().isEmpty()
                        ? nodes.nullNode()
                        : number(reason.value().getAsDouble()));
        node.put("must", reason.rule().comparator().holdingSign());
        node.set("limit", number(reason.rule().limit()));
        return node.put("effect", reason.effect().label())
                .put("valueText", reason.valueText())
                .put("limitText", reason.limitText())
                .put("text", reason.text());
    }

    /** Whole numbers without a fraction; what is no number, such as NaN, is null. */
    private JsonNode number(double value) {
        if (!Double.isFinite(value)) {
            return nodes.nullNode();
        }
        BigDecimal number = BigDecimal.valueOf(value).stripTrailingZeros();
        return nodes.numberNode(number.scale() < 0 ? number.setScale(0) : number);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private ObjectNode footprint(FootprintItem item) {
        ObjectNode node = nodes.objectNode()
                .put("object", item.object())
                .put("class", item.type().name())
                .put("severity", lower(item.severity()))
                .put("change", item.change())
                .put("declared", item.declared())
                .put("stateChecked", item.stateChecked());
        node.putObject("exercised")
                .put("enough", item.isExercised())
                .put("lacking", item.lacking())
                .put("read", item.exercised().read())
                .put("written", item.exercised().written())
                .put("readInTrace", item.exercised().readInTrace())
                .put("writtenInTrace", item.exercised().writtenInTrace());
        return node;
    }

    private ObjectNode ledger(Ledger ledger) {
        return nodes.objectNode()
                .put("exchanges", ledger.exchanges())
                .put("carryingData", ledger.carryingData())
                .put("compared", ledger.compared())
                .put("notComparable", ledger.notComparable())
                .put("filtered", ledger.filtered())
                .put("tainted", ledger.tainted())
                .put("raced", ledger.raced())
                .put("forced", ledger.forced())
                .put("gap", ledger.gap())
                .put("pending", ledger.pending());
    }

    private ObjectNode parity(Parity parity) {
        ObjectNode node = nodes.objectNode()
                .put("baseline", parity.baseline())
                .put("candidate", parity.candidate())
                .put("state", parity.state())
                .put("stateEstablished", parity.stateEstablished());
        ArrayNode failures = node.putArray("failures");
        parity.failures()
                .forEach(failure ->
                        failures.addObject().put("name", failure.name().name()).put("text", failure.text()));
        ArrayNode items = node.putArray("items");
        parity.items()
                .forEach(item -> items.addObject()
                        .put("kind", item.kind())
                        .put("object", item.object())
                        .put("baseline", item.baseline())
                        .put("candidate", item.candidate())
                        .put("failure", item.failure()));
        return node;
    }

    private ObjectNode group(DifferenceGroup group) {
        ObjectNode node = nodes.objectNode()
                .put("id", group.id())
                .put("class", group.type().name())
                .put("path", group.path())
                .put("fingerprint", group.fingerprint())
                .put("sql", group.sql())
                .put("attribution", group.attribution().label())
                .put("disposition", group.disposition().label())
                .put("severity", lower(group.severity()))
                .put("count", group.count())
                .put("compared", group.compared());
        node.set("share", nodes.numberNode(share(group)));
        node.put("transition", group.transition());
        ArrayNode samples = node.putArray("samples");
        group.samples()
                .forEach(sample -> samples.addObject()
                        .put("exchange", sample.exchange())
                        .put("row", sample.row())
                        .put("before", sample.before())
                        .put("after", sample.after()));
        if (group.dependants() > 0) {
            node.put("dependants", group.dependants());
        }
        return node.put("cluster", group.cluster()).put("origin", group.origin());
    }

    private static BigDecimal share(DifferenceGroup group) {
        BigDecimal share = BigDecimal.valueOf(group.share()).round(SHARE_DIGITS).stripTrailingZeros();
        return share.scale() < 0 ? share.setScale(0) : share;
    }
}
