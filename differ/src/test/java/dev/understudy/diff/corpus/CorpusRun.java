package dev.understudy.diff.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.diff.kit.Requests;
import dev.understudy.diff.kit.Runs;
import dev.understudy.diff.report.Report;
import dev.understudy.trace.run.Arm;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** A case as a run: production's answers, an arm's or two arms', and the report of it. */
final class CorpusRun {
    /** Which side's rows each side gives. */
    enum Roles {
        AS_WRITTEN,
        WITHOUT_CONTROL,
        CANDIDATE_ON_THE_CONTROL_ALONE,
        CANDIDATE_ON_BOTH_ARMS,
        RECORDED_EVERYWHERE
    }

    private static final JsonNode SCHEMA = CorpusFiles.yaml("schema.yaml");
    private static final JsonNode UNCHANGED = MissingNode.getInstance();

    private final CorpusCase each;
    private final Roles roles;
    private final CorpusSchema production;
    private final CorpusSchema control;
    private final CorpusSchema candidate;
    private final CorpusAnswers recordedAnswers;
    private final CorpusAnswers controlAnswers;
    private final CorpusAnswers candidateAnswers;

    CorpusRun(CorpusCase each, Roles roles, BinaryForms binaryForms) {
        this.each = each;
        this.roles = roles;
        JsonNode migrated = each.node().path("migrated");
        production = new CorpusSchema(SCHEMA, UNCHANGED, 16_400);
        control = new CorpusSchema(
                SCHEMA,
                roles == Roles.CANDIDATE_ON_THE_CONTROL_ALONE || roles == Roles.CANDIDATE_ON_BOTH_ARMS
                        ? migrated
                        : UNCHANGED,
                26_400);
        candidate = new CorpusSchema(
                SCHEMA,
                roles == Roles.CANDIDATE_ON_THE_CONTROL_ALONE || roles == Roles.RECORDED_EVERYWHERE
                        ? UNCHANGED
                        : migrated,
                36_400);
        recordedAnswers = new CorpusAnswers(production, SideClock.RECORDED, binaryForms, each.binary());
        controlAnswers = new CorpusAnswers(control, SideClock.CONTROL, binaryForms, each.binary());
        candidateAnswers = new CorpusAnswers(candidate, SideClock.CANDIDATE, binaryForms, each.binary());
    }

    Report report() {
        boolean withControl =
                roles != Roles.WITHOUT_CONTROL && each.exchanges().get(0).has("control");
        Runs run = Runs.of(production.catalog());
        if (withControl) {
            run.arm(Arm.CONTROL, control.catalog());
        }
        run.arm(Arm.CANDIDATE, candidate.catalog());
        int ordinal = 0;
        for (JsonNode exchange : each.exchanges()) {
            int times = exchange.path("times").asInt(1);
            for (int i = 1; i <= times; i++) {
                add(run, exchange, i, ordinal++, withControl);
            }
        }
        return run.report(withControl);
    }

    /** The groups of the report that are about answers. */
    List<DifferenceGroup> groups() {
        return report().groups().stream()
                .filter(group -> !group.fingerprint().isEmpty())
                .toList();
    }

    private void add(Runs run, JsonNode exchange, int time, int ordinal, boolean withControl) {
        JsonNode recorded = exchange.path("recorded");
        JsonNode left = exchange.path("control").asText().equals("recorded") ? recorded : exchange.path("control");
        JsonNode except = exchange.path("except").path(Integer.toString(time));
        JsonNode right = except.isMissingNode() ? exchange.path("candidate") : except;
        Exchanges built = Exchanges.exchange(request(exchange), recordedAnswers.frames(exchange, recorded, ordinal))
                .id(1, ordinal);
        if (withControl) {
            JsonNode rows = switch (roles) {
                case CANDIDATE_ON_THE_CONTROL_ALONE, CANDIDATE_ON_BOTH_ARMS -> right;
                case RECORDED_EVERYWHERE -> recorded;
                case AS_WRITTEN, WITHOUT_CONTROL -> left;
            };
            built.control(controlAnswers.frames(exchange, rows, ordinal));
        }
        boolean asRecorded = roles == Roles.CANDIDATE_ON_THE_CONTROL_ALONE || roles == Roles.RECORDED_EVERYWHERE;
        built.arm(
                Arm.CANDIDATE,
                candidateAnswers.frames(exchange, asRecorded ? recorded : right, ordinal),
                0,
                !asRecorded && exchange.path("broken_off").asText().equals("candidate"));
        run.add(built.build());
    }

    private ByteBuf request(JsonNode exchange) {
        String sql = exchange.path("sql").asText();
        if (!each.binary() && !exchange.has("params")) {
            return Requests.query(sql);
        }
        List<String> parameters = new ArrayList<>();
        exchange.path("params").forEach(parameter -> parameters.add(parameter.asText()));
        return Requests.prepared(sql, each.binary() ? 1 : 0, parameters.toArray(String[]::new));
    }
}
