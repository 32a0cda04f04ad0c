package dev.understudy.replay.outcome;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.pgwire.exchange.PreparedStatement;
import dev.understudy.pgwire.exchange.StatementBook;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.SessionSnapshot;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.KnownStatement;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one session's servers know: production's, and an arm's as long as that is something else. Otherwise an arm has the
 * recorded book.
 */
final class SessionBooks {
    private final StatementBook recorded = new StatementBook();
    private final Map<Arm, StatementBook> parted = new EnumMap<>(Arm.class);
    private final Map<Arm, KnownStatements> known = new EnumMap<>(Arm.class);
    /** Statements that an arm's server lacks, with the exchange that failed to make them. */
    private final Map<String, ExchangeId> unmade = new HashMap<>();

    /** Books of a session that has just begun, or was met in its middle as {@code snapshot} says. */
    SessionBooks(@Nullable SessionSnapshot snapshot) {
        if (snapshot != null) {
            snapshot.statements().values().forEach(recorded::prepared);
        }
    }

    /**
     * What an exchange uses from before.
     *
     * @param known statements and portals, on each server
     * @param missing where an arm has not got one of those that production had: the exchange which made it and failed
     *     there, so that what this one answers says nothing new; else null
     * @param recorded production's answer, interpreted
     * @param answers the arms' answers, interpreted; the same object as production's where they are the same
     */
    record Used(
            List<KnownStatement> known,
            @Nullable ExchangeId missing,
            Interpretation recorded,
            Map<Arm, Interpretation> answers) {}

    /**
     * Goes through one exchange, and returns what it uses from before.
     *
     * @param read what it meant in production, if every exchange of the session has been interpreted already; else null
     */
    Used advance(RecordedExchange exchange, @Nullable Interpretation read, List<ArmAnswer> answers) {
        for (ArmAnswer answer : answers) {
            if (!answer.sameAsRecorded()) {
                parted.computeIfAbsent(answer.arm(), arm -> recorded.copy());
            }
        }
        Interpretation shared = inProduction(exchange, read);
        List<KnownStatement> production = usedBy(Arm.RECORDED, shared);
        List<KnownStatement> used = new ArrayList<>(production);
        Map<Arm, Interpretation> onArms = new EnumMap<>(Arm.class);
        ExchangeId missing = null;
        boolean unseen = ranUnseen(shared);
        for (ArmAnswer answer : answers) {
            StatementBook own = parted.get(answer.arm());
            if (own == null) {
                used.addAll(usedBy(answer.arm(), shared));
                onArms.put(answer.arm(), shared);
            } else {
                if (missing == null) {
                    missing = unseen ? exchange.id() : rootOfMissing(exchange.id(), production, own);
                }
                ByteBuf frames = answer.sameAsRecorded() ? exchange.answer() : answer.frames();
                Interpretation reading = Interpreter.interpret(exchange.request(), frames, own);
                used.addAll(usedBy(answer.arm(), reading));
                onArms.put(answer.arm(), reading);
                if (!reading.errors().isEmpty()) {
                    remember(missing == null ? exchange.id() : missing, own);
                }
                if (own.knowsSameAs(recorded)) {
                    parted.remove(answer.arm());
                }
            }
        }
        return new Used(used, missing, shared, onArms);
    }

    private Interpretation inProduction(RecordedExchange exchange, @Nullable Interpretation read) {
        if (read == null) {
            return Interpreter.interpret(exchange.request(), exchange.answer(), recorded);
        }
        recorded.apply(read.changes());
        return read;
    }

    private List<KnownStatement> usedBy(Arm arm, Interpretation read) {
        return known.computeIfAbsent(arm, KnownStatements::new).usedBy(read);
    }

    /** Whether it ran a statement that nobody saw being made, since some of the session was not recorded. */
    private static boolean ranUnseen(Interpretation recorded) {
        for (Step step : recorded.steps()) {
            String tag = step.tag();
            if (step.sql().isEmpty() && tag != null && !tag.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The exchange that failed to make what is used and is not there, the user where none is known; null where all is. */
    private @Nullable ExchangeId rootOfMissing(ExchangeId user, List<KnownStatement> used, StatementBook book) {
        for (KnownStatement statement : used) {
            String portal = statement.portal();
            boolean missing = portal == null ? book.statement(statement.name()) == null : book.portal(portal) == null;
            if (missing) {
                return unmade.getOrDefault(statement.name(), user);
            }
        }
        return null;
    }

    /** Notes what production's server knows and an arm's does not since an exchange failed there. */
    private void remember(ExchangeId root, StatementBook book) {
        unmade.keySet().removeIf(name -> recorded.statement(name) == null);
        for (PreparedStatement statement : recorded.statements()) {
            if (book.statement(statement.name()) == null) {
                unmade.putIfAbsent(statement.name(), root);
            } else {
                unmade.remove(statement.name());
            }
        }
    }
}
