package dev.understudy.replay.generated;

import dev.understudy.pgwire.value.Value;
import dev.understudy.trace.entry.ExchangeId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what each arm generated in the place of recorded values, and puts it into requests. An exchange goes through
 * {@link #request} and {@link #answered} on every arm, or {@link #unsent}, and then {@link #take}. Belongs to one thread.
 */
public final class GeneratedValues {
    /** Twins told of one arm's answer. */
    private static final int MAX_TWINS = 1_000;
    /** Values that a session drew from sequences and may yet put into a key. */
    private static final int MAX_DRAWN = 1_000;

    private final List<ArmValues> arms = new ArrayList<>();
    private final Map<ExchangeId, Change> changes = new HashMap<>();
    private final Map<Domain, Domain> links = new HashMap<>();
    private final Map<Long, Map<Value, Domain>> drawn = new HashMap<>();

    /** For arms whose sequences stand so when the replay begins. */
    public GeneratedValues(List<SequenceStarts> starts) {
        starts.forEach(start -> arms.add(new ArmValues(start)));
    }

    /** What an arm is sent in a request's place, borrowed; null where all its values are the same there. */
    public @Nullable ByteBuf request(int arm, ExchangeId id, Generated generated, ByteBuf request) {
        if (!generated.usesAny()) {
            return null;
        }
        RequestSplice splice = new RequestSplice(request);
        for (Use use : generated.uses()) {
            link(id, use);
            List<Value> values = new ArrayList<>(use.values().size());
            for (Value value : use.values()) {
                values.add(own(arm, id, use.domain(), value));
            }
            if (!values.equals(use.values()) && !splice.put(use, values)) {
                change(id).missing(arm, id);
            }
        }
        return splice.isEmpty() ? null : splice.done();
    }

    /** What an arm has in a value's place: itself, as long as nothing else is known. */
    private Value own(int arm, ExchangeId id, Domain domain, Value recorded) {
        if (recorded instanceof Value.Null) {
            return recorded;
        }
        ArmValues.Entry entry = arms.get(arm).of(linked(domain), recorded);
        if (entry == null) {
            return recorded;
        }
        if (entry.own() != null) {
            return entry.own();
        }
        change(id).missing(arm, entry.root() == null ? id : entry.root());
        Value nobodys = KeyValues.nobodys(recorded);
        return nobodys == null ? recorded : nobodys;
    }

    private Domain linked(Domain domain) {
        return links.getOrDefault(domain, domain);
    }

    /** A key that gets, in a new row, what its session has drawn from a sequence is a column of that sequence. */
    private void link(ExchangeId id, Use use) {
        Map<Value, Domain> mine = drawn.get(id.session());
        if (mine == null || !use.added() || !use.domain().isKey() || links.containsKey(use.domain())) {
            return;
        }
        Domain sequence = mine.get(use.values().get(0));
        if (sequence != null) {
            links.put(use.domain(), sequence);
        }
    }

    /**
     * An arm has answered.
     *
     * @param same whether byte for byte as production did
     * @param answer the arm's frames; borrowed
     */
    public void answered(int arm, ExchangeId id, Generated generated, boolean same, ByteBuf answer) {
        if (!generated.bringsAny()) {
            return;
        }
        ArmValues values = arms.get(arm);
        boolean asRecorded = same && !values.haveOthers();
        ArmRows rows = new ArmRows(asRecorded ? Unpooled.EMPTY_BUFFER : answer);
        for (Brought brought : generated.brings()) {
            if (brought.drawn() && arm == 0) {
                noteDrawn(id, brought);
            }
            Value own = same ? brought.value() : rows.at(brought);
            if (own != null) {
                learn(values, brought, own);
            } else if (brought.drawn()) {
                values.none(linked(brought.domain()), brought.value(), rootOf(arm, id));
            }
        }
        if (values.haveOthers()) {
            twins(arm, id, generated, rows);
        }
    }

    /** Older rows a copy has as production does: only what both show as new can be one another's twin. */
    private void learn(ArmValues values, Brought brought, Value own) {
        Domain domain = linked(brought.domain());
        boolean same = own.equals(brought.value());
        if (brought.drawn()) {
            values.put(domain, brought.value(), own, Proof.DRAWN);
        } else if (!same && domain.mayBeNew(own)) {
            values.put(
                    domain,
                    brought.value(),
                    own,
                    values.isSameDraw(domain, brought.value(), own) ? Proof.SAME_DRAW : Proof.NONE);
        }
    }

    /** Tells which values in an arm's answer are not production's of the same name, but another's twins. */
    private void twins(int arm, ExchangeId id, Generated generated, ArmRows rows) {
        Set<Twin> twins = new LinkedHashSet<>();
        for (Brought column : generated.firstOfEachColumn()) {
            Domain domain = linked(column.domain());
            for (int row = 0; row < rows.rows(column.result()) && twins.size() < MAX_TWINS; row++) {
                Value own = rows.at(column, row);
                Value recorded = own == null ? null : arms.get(arm).recorded(domain, own);
                if (own != null && recorded != null && !recorded.equals(own)) {
                    twins.add(new Twin(arm, column.result(), column.index(), recorded.text(), own.text()));
                }
            }
        }
        if (!twins.isEmpty()) {
            change(id).twins(twins);
        }
    }

    /** What failed for want of a value fails to make others for that reason, not for one of its own. */
    private ExchangeId rootOf(int arm, ExchangeId id) {
        Change change = changes.get(id);
        ExchangeId root = change == null ? null : change.missing(arm);
        return root == null ? id : root;
    }

    private void noteDrawn(ExchangeId id, Brought brought) {
        Map<Value, Domain> mine = drawn.computeIfAbsent(id.session(), session -> new LinkedHashMap<>());
        if (mine.size() >= MAX_DRAWN) {
            mine.remove(mine.keySet().iterator().next());
        }
        mine.put(brought.value(), brought.domain());
    }

    /** An exchange was not sent on any arm: what it generated in production nobody has. */
    public void unsent(ExchangeId id, Generated generated) {
        for (int arm = 0; arm < arms.size(); arm++) {
            for (Brought brought : generated.brings()) {
                if (brought.drawn()) {
                    arms.get(arm).none(linked(brought.domain()), brought.value(), rootOf(arm, id));
                }
            }
        }
    }

    /** Nothing more comes of a session. */
    public void sessionOver(long session) {
        drawn.remove(session);
    }

    private Change change(ExchangeId id) {
        return changes.computeIfAbsent(id, exchange -> new Change(arms.size()));
    }

    /** What was found out about an exchange, which ends here; null if nothing. */
    public @Nullable Change take(ExchangeId id) {
        return changes.isEmpty() ? null : changes.remove(id);
    }

    /** How many values fell out of the bound, or were left out since they were seen beside two others. */
    public long leftOut() {
        long sum = 0;
        for (ArmValues values : arms) {
            sum += values.forgotten() + values.contradicted();
        }
        return sum;
    }
}
