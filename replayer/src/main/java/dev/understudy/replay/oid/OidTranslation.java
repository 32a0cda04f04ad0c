package dev.understudy.replay.oid;

import dev.understudy.replay.schedule.RequestRewrite;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts OIDs of user-defined types and functions as each arm has them: the types that Parse declares, the types that stand
 * in binary arrays, composites and ranges of Bind (array_send, record_send, range_send), and FunctionCall's function. By
 * name, from the catalogs as they were when the run began; what is made later keeps its number.
 */
public final class OidTranslation implements RequestRewrite {
    private final List<OidMap> maps = new ArrayList<>();
    private final TypeStructures types;
    private final Runnable whenRewritten;
    private final List<Map<Long, ArmOids>> sessions = new ArrayList<>();

    /**
     * A translation of a captured catalog's OIDs.
     *
     * @param arms the arms' catalogs, by index
     * @param whenRewritten is told of each request that is not sent as it was
     */
    public OidTranslation(Catalog captured, List<Catalog> arms, Runnable whenRewritten) {
        this.types = new TypeStructures(captured);
        this.whenRewritten = whenRewritten;
        for (Catalog arm : arms) {
            maps.add(OidMap.of(captured, arm));
            sessions.add(new HashMap<>());
        }
    }

    @Override
    public ByteBuf forArm(Work.Run run, int arm, ByteBuf request) {
        return translated(run.session(), arm, request, run.exchange().answer());
    }

    @Override
    public ByteBuf ofState(SessionInfo session, int arm, ByteBuf request) {
        return translated(session, arm, request, Unpooled.EMPTY_BUFFER);
    }

    private ByteBuf translated(SessionInfo session, int arm, ByteBuf request, ByteBuf answer) {
        OidMap map = maps.get(arm);
        if (map.isIdentity()) {
            return request;
        }
        ByteBuf translated = sessions.get(arm)
                .computeIfAbsent(session.session(), absent -> new ArmOids(map, types))
                .translated(request, answer);
        if (translated == null) {
            return request;
        }
        whenRewritten.run();
        return translated;
    }

    @Override
    public void sessionOver(long session) {
        sessions.forEach(arm -> arm.remove(session));
    }
}
