package dev.understudy.replay.blocked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.schedule.AnswerFacts;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.trace.entry.ExchangeId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever a session prepares, binds, runs, closes and pipelines: a server that gets what is sent runs nothing that is
 * blocked, runs all that is not, and never misses a name that production's server had.
 */
class SessionGuardProperties {
    private static final String[] TEXTS = {
        "SELECT 1", "INSERT INTO t VALUES ('dblink(')", "SELECT pg_reload_conf()", "COPY t FROM PROGRAM 'x'"
    };
    private static final int FIRST_BLOCKED = 2;
    private static final String[] NAMES = {"", "a", "b"};
    private static final String[] PORTALS = {"", "p"};
    private static final int EXCHANGES = 12;
    private static final int MOST_STEPS = 6;

    /** What a server knows and has run. */
    private static final class Server {
        final Map<String, String> statements = new HashMap<>();
        final Map<String, String> portals = new HashMap<>();
        final List<String> ran = new ArrayList<>();
        final List<String> missing = new ArrayList<>();

        void take(ByteBuf request) {
            for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
                FrontendMessage message = FrontendMessage.decode(frame.type(), frame.body());
                if (message instanceof FrontendMessage.Query query) {
                    for (String text : query.sql().split("; ", -1)) {
                        ran.add(text);
                    }
                } else if (message instanceof FrontendMessage.Parse parse) {
                    String before = statements.put(parse.name(), parse.sql());
                    if (before != null && !parse.name().isEmpty()) {
                        missing.add(parse.name() + " is there already");
                    }
                } else if (message instanceof FrontendMessage.Bind bind) {
                    portals.put(bind.portal(), known(statements, bind.statement()));
                } else if (message instanceof FrontendMessage.Execute execute) {
                    ran.add(known(portals, execute.portal()));
                } else if (message instanceof FrontendMessage.Describe describe) {
                    known(describe.ofStatement() ? statements : portals, describe.name());
                } else if (message instanceof FrontendMessage.Close close && close.ofStatement()) {
                    statements.remove(close.name());
                }
            }
        }

        private String known(Map<String, String> map, String name) {
            String text = map.get(name);
            if (text == null) {
                missing.add(name);
                return "";
            }
            return text;
        }
    }

    @Property(tries = 500)
    void nothingBlockedRunsAndNoNameIsMissed(@ForAll Random random) {
        SessionGuard guard = BlockList.of(List.of(), Set.of()).session(false);
        Server production = new Server();
        Server arm = new Server();
        for (int i = 0; i < EXCHANGES; i++) {
            ByteBuf request = request(random, production);
            RecordedExchange exchange = exchange(i, request);
            Treatment treatment = guard.treat(exchange, Treatment.SEND);
            if (!(treatment instanceof Treatment.Withhold)) {
                arm.take(treatment.request(exchange));
            }
        }

        List<String> wanted = new ArrayList<>(production.ran);
        wanted.removeIf(SessionGuardProperties::isBlocked);
        assertThat(production.missing).as("the session itself is a proper one").isEmpty();
        assertThat(arm.ran).isEqualTo(wanted);
        assertThat(arm.missing).isEmpty();
    }

    private static boolean isBlocked(String text) {
        return text.equals(TEXTS[FIRST_BLOCKED]) || text.equals(TEXTS[FIRST_BLOCKED + 1]);
    }

    /** One exchange that production's server takes, with what it knows by then. */
    private static ByteBuf request(Random random, Server production) {
        Frames frames = Frames.frames();
        if (random.nextInt(4) == 0) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                texts.add(text(random));
            }
            frames.query(String.join("; ", texts));
            production.take(frames.bytes());
            return frames.bytes();
        }
        int taken = 0;
        for (int step = 0; step < 1 + random.nextInt(MOST_STEPS); step++) {
            step(random, production, frames);
            production.take(frames.bytes().slice(taken, frames.bytes().readableBytes() - taken));
            taken = frames.bytes().readableBytes();
        }
        return frames.sync().bytes();
    }

    private static void step(Random random, Server production, Frames frames) {
        String name = NAMES[random.nextInt(NAMES.length)];
        String portal = PORTALS[random.nextInt(PORTALS.length)];
        switch (random.nextInt(5)) {
            case 0 -> {
                if (production.statements.containsKey(name)) {
                    frames.bindPortal(portal, name);
                } else {
                    frames.parse(name, text(random));
                }
            }
            case 1 -> {
                if (production.portals.containsKey(portal)) {
                    frames.execute(portal, 0);
                }
            }
            case 2 -> frames.closeStatement(name);
            case 3 -> {
                if (production.statements.containsKey(name)) {
                    frames.describeStatement(name);
                }
            }
            default ->
                frames.closeStatement(name)
                        .parse(name, text(random))
                        .bindPortal(portal, name)
                        .execute(portal, 0);
        }
    }

    private static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private static RecordedExchange exchange(int ordinal, ByteBuf request) {
        return new RecordedExchange(
                new ExchangeId(1, ordinal),
                ordinal + 1,
                ordinal,
                TransactionStatus.IDLE,
                TransactionStatus.IDLE,
                Set.of(),
                request,
                Unpooled.EMPTY_BUFFER,
                List.of(),
                List.of(),
                AnswerFacts.NONE,
                0,
                0,
                true);
    }
}
