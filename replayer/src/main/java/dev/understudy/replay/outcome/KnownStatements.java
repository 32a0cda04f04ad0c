package dev.understudy.replay.outcome;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Portal;
import dev.understudy.pgwire.exchange.PreparedStatement;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.KnownStatement;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one session's exchanges use from before, on one server. A statement that is used again is not told anew. */
final class KnownStatements {
    /** Statements that are kept told; beyond, all are told anew. */
    private static final int MAX_TOLD = 1_000;

    private final Arm arm;
    private final Map<String, Told> told = new HashMap<>();

    private record Told(PreparedStatement statement, KnownStatement known) {}

    KnownStatements(Arm arm) {
        this.arm = arm;
    }

    /** Statements and portals that an exchange has used and not made. */
    List<KnownStatement> usedBy(Interpretation read) {
        List<PreparedStatement> statements = read.statementsBefore();
        List<Portal> portals = read.portalsBefore();
        if (statements.size() == 1 && portals.isEmpty()) {
            return List.of(known(statements.get(0)));
        }
        List<KnownStatement> known = new ArrayList<>(statements.size() + portals.size());
        statements.forEach(statement -> known.add(known(statement)));
        portals.forEach(portal -> known.add(of(portal.statement(), portal.name(), portal.rows(), portal.bind())));
        return known;
    }

    @SuppressWarnings("ReferenceEquality") // prepared anew it is another object, and texts are long
    private KnownStatement known(PreparedStatement statement) {
        Told last = told.get(statement.name());
        if (last != null && last.statement() == statement) {
            return last.known();
        }
        if (told.size() >= MAX_TOLD) {
            told.clear();
        }
        KnownStatement known = of(statement, null, statement.rows(), null);
        told.put(statement.name(), new Told(statement, known));
        return known;
    }

    private KnownStatement of(
            PreparedStatement statement,
            @Nullable String portal,
            @Nullable RowDescription rows,
            @Nullable ByteBuf bind) {
        return new KnownStatement(
                arm,
                statement.name(),
                portal,
                statement.sql(),
                statement.parameterTypes(),
                rows == null ? null : RowDescriptionBody.encode(rows),
                bind);
    }
}
