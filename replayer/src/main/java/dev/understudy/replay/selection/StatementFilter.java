package dev.understudy.replay.selection;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.sql.Fingerprint;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import dev.understudy.pgwire.sql.StatementKind;
import dev.understudy.replay.schedule.RecordedExchange;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells which exchanges of one session run a wanted statement. Where nothing but the session or a transaction is set up,
 * the exchange is wanted too: what follows needs it.
 */
final class StatementFilter {
    private final Set<String> fingerprints;
    /** By prepared statement, whether it is wanted. */
    private final Map<String, Boolean> prepared = new HashMap<>();

    private final Map<String, Boolean> portals = new HashMap<>();

    StatementFilter(Set<String> fingerprints) {
        this.fingerprints = fingerprints;
    }

    /** Decides for the next exchange. */
    boolean wants(RecordedExchange exchange) {
        if (fingerprints.isEmpty()) {
            return true;
        }
        boolean runs = false;
        boolean wanted = false;
        for (FrameCursor frame = new FrameCursor(exchange.request()); frame.next(); ) {
            byte type = frame.type();
            try {
                FrontendMessage message = FrontendMessage.decode(type, frame.body());
                if (message instanceof FrontendMessage.Query query) {
                    for (SqlPart part : SqlSplitter.split(query.sql())) {
                        runs |= StatementKind.of(part.sql()).carriesData();
                        wanted |= isWanted(part.sql());
                    }
                } else if (message instanceof FrontendMessage.Parse parse) {
                    prepared.put(parse.name(), isWanted(parse.sql()) || !carriesData(parse.sql()));
                } else if (message instanceof FrontendMessage.Bind bind) {
                    portals.put(bind.portal(), prepared.getOrDefault(bind.statement(), false));
                } else if (message instanceof FrontendMessage.Execute execute) {
                    runs = true;
                    wanted |= portals.getOrDefault(execute.portal(), false);
                }
            } catch (ProtocolException e) {
                runs = true; // the server refuses such a message
            }
            runs |= type == FrontendType.FUNCTION_CALL;
        }
        return wanted || !runs;
    }

    private static boolean carriesData(String sql) {
        return StatementKind.of(sql).carriesData();
    }

    private boolean isWanted(String sql) {
        return fingerprints.contains(Fingerprint.of(sql));
    }
}
