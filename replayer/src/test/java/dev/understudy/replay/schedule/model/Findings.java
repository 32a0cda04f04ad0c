package dev.understudy.replay.schedule.model;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.Touch;
import dev.understudy.replay.schedule.Touch.Use;
import dev.understudy.replay.schedule.model.Op.Do;
import dev.understudy.replay.schedule.model.TwoArms.Flight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What came of replays. */
final class Findings {
    long histories;
    long exchanges;
    long stalls;
    long disagreements;
    long unmarkedDisagreements;
    long otherThanRecorded;
    long moved;
    long raced;
    long forced;
    final List<String> broken = new ArrayList<>();

    /** Adds a replay that came to its end. */
    void add(TwoArms arms, List<Op> history) {
        Map<Op, Flight> flights = new HashMap<>();
        for (Flight flight : arms.finished) {
            flights.put(flight.op, flight);
            exchanges++;
            moved += flight.task.moved() ? 1 : 0;
            raced += flight.task.raced() ? 1 : 0;
            if (flight.isForced()) {
                forced++;
            } else if (!flight.armsAgree()) {
                disagreements++;
                unmarkedDisagreements += flight.task.raced() ? 0 : 1;
            } else if (!flight.isAsRecorded()) {
                otherThanRecorded++;
            }
        }
        sessionOrder(arms);
        provenOrder(arms, history, flights);
    }

    private void sessionOrder(TwoArms arms) {
        Map<Integer, Integer> last = new HashMap<>();
        for (Flight flight : arms.finished) {
            Integer before = last.put(flight.op.session, flight.op.ordinal);
            if (flight.op.ordinal != (before == null ? 0 : before + 1)) {
                broken.add("session order: " + flight.op);
            }
        }
    }

    /** What had ended in production before another was sent ended before that began, on each arm, if they conflict. */
    private void provenOrder(TwoArms arms, List<Op> history, Map<Op, Flight> flights) {
        Map<Op, List<Effect>> effects = effects(history);
        for (Op later : history) {
            for (Op earlier : history) {
                if (earlier.doneNo > later.sentAfter) {
                    break;
                }
                boolean exempt = earlier.session == later.session
                        || flights.get(earlier).task.moved()
                        || flights.get(later).task.moved();
                if (!exempt && conflict(effects.get(earlier), effects.get(later))) {
                    for (ModelServer server : arms.servers) {
                        if (server.executed.get(earlier)[1] > server.executed.get(later)[0]) {
                            broken.add(earlier + " is not before " + later);
                        }
                    }
                }
            }
        }
    }

    private enum Sort {
        LOOK,
        SHARE,
        LOCK,
        SHOW
    }

    private record Effect(String table, Object key, Sort sort) {}

    /** What each exchange looks at, locks and shows; told apart from the schedule, by the history alone. */
    private static Map<Op, List<Effect>> effects(List<Op> history) {
        Map<Op, List<Effect>> effects = new HashMap<>();
        Map<Integer, List<Effect>> held = new HashMap<>();
        Set<Integer> withSavepoint = new HashSet<>();
        for (Op op : history) {
            List<Effect> own = new ArrayList<>();
            List<Effect> ofSession = held.computeIfAbsent(op.session, session -> new ArrayList<>());
            if (op.what == Do.SAVEPOINT) {
                withSavepoint.add(op.session);
            } else if (op.after == TransactionStatus.IDLE) {
                withSavepoint.remove(op.session);
            }
            boolean ends = op.after == TransactionStatus.IDLE
                    || op.after == TransactionStatus.FAILED && !withSavepoint.contains(op.session);
            for (Touch touch : op.answer.sqlState() == null ? op.touches(false) : List.<Touch>of()) {
                Object key = touch.key() == null ? "" : touch.key();
                Effect show = new Effect(touch.table(), key, Sort.SHOW);
                if (touch.use() == Use.READ) {
                    own.add(new Effect(touch.table(), key, Sort.LOOK));
                } else if (touch.use() == Use.SHARE) {
                    own.add(new Effect(touch.table(), key, Sort.SHARE));
                } else if (touch.use() == Use.HOLD) {
                    own.add(new Effect(touch.table(), key, Sort.LOCK));
                } else if (touch.use() == Use.RELEASE) {
                    own.add(show);
                } else if (touch.use() == Use.WRITE || touch.use() == Use.REMOVE) {
                    own.add(new Effect(touch.table(), key, Sort.LOCK));
                    ofSession.add(show);
                } else if (touch.use() == Use.ADD) {
                    ofSession.add(show);
                }
            }
            if (ends) {
                own.addAll(ofSession);
                ofSession.clear();
            }
            effects.put(op, own);
        }
        return effects;
    }

    private static boolean conflict(List<Effect> first, List<Effect> second) {
        for (Effect a : first) {
            for (Effect b : second) {
                boolean same = a.table().equals(b.table())
                                && (a.key().equals(b.key())
                                        || a.key().equals("")
                                        || b.key().equals(""))
                        || a.table().isEmpty()
                        || b.table().isEmpty();
                boolean shows = a.sort() == Sort.SHOW ^ b.sort() == Sort.SHOW;
                boolean locks = a.sort() == Sort.LOCK && (b.sort() == Sort.LOCK || b.sort() == Sort.SHARE)
                        || a.sort() == Sort.SHARE && b.sort() == Sort.LOCK;
                boolean matters = shows || locks;
                if (same && matters) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d histories, %d exchanges, %d stalls, %d broken orders, arms disagree %d (%.4f %%), of these not "
                        + "raced %d, other than recorded %d (%.2f %%), moved %d (%.3f %%), raced %d (%.3f %%), forced %d",
                histories,
                exchanges,
                stalls,
                broken.size(),
                disagreements,
                100.0 * disagreements / Math.max(1, exchanges),
                unmarkedDisagreements,
                otherThanRecorded,
                100.0 * otherThanRecorded / Math.max(1, exchanges),
                moved,
                100.0 * moved / Math.max(1, exchanges),
                raced,
                100.0 * raced / Math.max(1, exchanges),
                forced);
    }
}
