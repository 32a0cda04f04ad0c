package dev.understudy.replay.taint;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.TaintReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a tracker exchange by exchange what servers did; each returns the reason as text, empty where it is compared. */
final class Story {
    private static final Map<Character, TransactionStatus> STATUS =
            Map.of('I', TransactionStatus.IDLE, 'T', TransactionStatus.IN_TRANSACTION, 'E', TransactionStatus.FAILED);

    private final TaintTracker tracker;
    private final boolean withControl;
    private final Map<Integer, Long> ordinals = new HashMap<>();
    private boolean raced;

    Story(Catalog catalog, boolean withControl) {
        this.withControl = withControl;
        List<ArmState> arms = new ArrayList<>();
        if (withControl) {
            arms.add(new ArmState(Arm.CONTROL, "", catalog, List.of()));
        }
        arms.add(new ArmState(Arm.CANDIDATE, "", catalog, List.of()));
        tracker = TaintTracker.of(arms, catalog);
    }

    /** The next exchange raced. */
    Story raced() {
        raced = true;
        return this;
    }

    /** Everywhere the same; {@code answer} is a tag, or a SQLSTATE, and behind a slash the transaction status. */
    String same(int session, String sql, String answer) {
        return each(session, sql, answer, answer, answer);
    }

    /** The candidate answers otherwise. */
    String apart(int session, String sql, String answer, String candidate) {
        return each(session, sql, answer, answer, candidate);
    }

    String each(int session, String sql, String recorded, String control, String candidate) {
        Side inProduction = side(sql, recorded);
        Side onControl = recorded.equals(control) ? inProduction : side(sql, control);
        return ran(
                session,
                recorded,
                inProduction,
                withControl ? onControl : inProduction,
                recorded.equals(candidate) ? inProduction : side(sql, candidate));
    }

    private String ran(int session, String recorded, Side inProduction, Side baseline, Side candidate) {
        ExchangeId id = new ExchangeId(session, ordinals.merge(session, 1L, Long::sum) - 1);
        TransactionStatus after = STATUS.get(recorded.charAt(recorded.length() - 1));
        TaintReason reason = tracker.advance(new Ran(id, after, raced, null, null, inProduction, baseline, candidate));
        raced = false;
        return reason == null ? "" : reason.text();
    }

    /**
     * What a server did: {@code INSERT 0 1/I}, {@code 23505/E}, {@code lost/I}; rows that RETURNING shows stand in
     * parentheses before the slash, for the first table of the catalog and its first column.
     */
    private static Side side(String sql, String answer) {
        String what = answer.substring(0, answer.indexOf('/'));
        if (what.equals("unsent")) {
            return new Side(null, false);
        }
        boolean lost = what.equals("lost");
        int rows = what.indexOf('(');
        String tag = rows < 0 ? what : what.substring(0, rows);
        boolean failed = tag.matches("[0-9][0-9A-Z]{4}");
        ServerMessage error = failed ? new ServerMessage(Map.of('C', tag)) : null;
        List<ByteBuf> data = rows < 0 ? List.of() : List.of(row(what.substring(rows + 1, what.length() - 1)));
        Step step = new Step(
                sql,
                false,
                List.of(),
                rows < 0 ? null : new RowDescription(List.of(new Field("id", 50_000, 1, 23, 4, -1, 0))),
                data,
                List.of(),
                failed || lost ? null : tag,
                false,
                error);
        return new Side(
                new Interpretation(
                        List.of(step),
                        error == null ? List.of() : List.of(error),
                        List.of(),
                        lost ? TransactionStatus.UNKNOWN : STATUS.get(answer.charAt(answer.length() - 1)),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        0),
                lost);
    }

    private static ByteBuf row(@Nullable String value) {
        byte[] bytes = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        return Unpooled.buffer().writeShort(1).writeInt(bytes.length).writeBytes(bytes);
    }
}
