package dev.understudy.replay.outcome;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.pgwire.exchange.Portal;
import dev.understudy.pgwire.exchange.PreparedStatement;
import dev.understudy.pgwire.exchange.StatementBook;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.KnownStatement;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one session's servers know: production's, and each arm's as far as it has ever answered otherwise. Until then
 * an arm has the recorded book.
 */
final class SessionBooks {
    private final StatementBook recorded = new StatementBook();
    private final Map<Arm, StatementBook> parted = new EnumMap<>(Arm.class);

    /**
     * What an exchange uses from before.
     *
     * @param known statements and portals, on each server
     * @param missingOnArm whether an arm has not got one of those that production had: an earlier exchange, which made
     *     it, failed there, and what this one answers says nothing new
     */
    record Used(List<KnownStatement> known, boolean missingOnArm) {}

    /** Goes through one exchange, and returns what it uses from before. */
    Used advance(RecordedExchange exchange, List<ArmAnswer> answers) {
        for (ArmAnswer answer : answers) {
            if (!answer.sameAsRecorded()) {
                parted.computeIfAbsent(answer.arm(), arm -> recorded.copy());
            }
        }
        List<KnownStatement> known = new ArrayList<>(0);
        List<KnownStatement> shared = read(Arm.RECORDED, exchange.request(), exchange.answer(), recorded);
        known.addAll(shared);
        boolean missing = false;
        for (ArmAnswer answer : answers) {
            StatementBook own = parted.get(answer.arm());
            if (own == null) {
                shared.forEach(statement -> known.add(of(answer.arm(), statement)));
            } else {
                missing |= shared.stream().anyMatch(statement -> isMissing(statement, own));
                ByteBuf frames = answer.sameAsRecorded() ? exchange.answer() : answer.frames();
                known.addAll(read(answer.arm(), exchange.request(), frames, own));
            }
        }
        return new Used(known, missing);
    }

    private static boolean isMissing(KnownStatement statement, StatementBook book) {
        String portal = statement.portal();
        return portal == null ? book.statement(statement.name()) == null : book.portal(portal) == null;
    }

    private static List<KnownStatement> read(Arm arm, ByteBuf request, ByteBuf answer, StatementBook book) {
        UsedNames names = new UsedNames(request, book);
        Interpretation read = Interpreter.interpret(request, answer, book);
        if (read.usedStatements().isEmpty() && read.usedPortals().isEmpty()) {
            return List.of();
        }
        List<KnownStatement> known = new ArrayList<>();
        for (String name : read.usedStatements()) {
            PreparedStatement statement = names.statement(name);
            if (statement != null) {
                known.add(known(arm, statement, null, statement.rows(), null));
            }
        }
        for (String name : read.usedPortals()) {
            Portal portal = names.portal(name);
            if (portal != null) {
                known.add(known(arm, portal.statement(), name, portal.rows(), portal.bind()));
            }
        }
        return known;
    }

    private static KnownStatement known(
            Arm arm,
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

    private static KnownStatement of(Arm arm, KnownStatement other) {
        return new KnownStatement(
                arm,
                other.name(),
                other.portal(),
                other.sql(),
                other.parameterTypes(),
                other.rowDescription(),
                other.bind());
    }
}
