package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlaceProperties {
    private record Placed(int session, long sentAfter, long doneNo, Place place) {}

    @Property(tries = 500)
    void whateverTheKindsAPrecedenceThatIsProvenIsKept(@ForAll Random random) {
        List<Placed> history = history(random);
        List<Placed> ordered = new ArrayList<>(history);
        ordered.sort(Comparator.comparing(Placed::place));

        for (int later = 0; later < ordered.size(); later++) {
            for (int behind = later + 1; behind < ordered.size(); behind++) {
                assertThat(ordered.get(behind).doneNo())
                        .isGreaterThan(ordered.get(later).sentAfter());
            }
        }
    }

    @Property(tries = 500)
    void aSessionKeepsItsOrder(@ForAll Random random) {
        Map<Integer, Place> last = new HashMap<>();
        for (Placed placed : history(random)) {
            Place before = last.put(placed.session(), placed.place());
            assertThat(before == null || before.compareTo(placed.place()) < 0).isTrue();
        }
    }

    @Property(tries = 500)
    void whatIsFinalComesBeforeWhateverIsStillToBeRead(@ForAll Random random) {
        List<Placed> history = history(random);
        int read = random.nextInt(history.size());
        long watermark = history.subList(read, history.size()).stream()
                .mapToLong(Placed::sentAfter)
                .min()
                .orElse(Long.MAX_VALUE);
        for (Placed early : history.subList(0, read)) {
            for (Placed unread : history.subList(read, history.size())) {
                assertThat(early.place().isFinal(watermark) && early.place().compareTo(unread.place()) > 0)
                        .isFalse();
            }
        }
    }

    /** Sessions with one exchange under way each, or several where they pipeline; answers tick the counter. */
    private static List<Placed> history(Random random) {
        int sessions = 1 + random.nextInt(5);
        Map<Integer, List<Long>> underWay = new HashMap<>();
        Map<Integer, Place> last = new HashMap<>();
        List<Placed> history = new ArrayList<>();
        long counter = 0;
        while (history.size() < 40) {
            int session = random.nextInt(sessions);
            List<Long> open = underWay.computeIfAbsent(session, none -> new ArrayList<>());
            if (open.isEmpty() || (open.size() < 3 && random.nextBoolean())) {
                open.add(counter);
                continue;
            }
            long sentAfter = open.remove(0);
            long doneNo = ++counter;
            Place before = last.getOrDefault(session, Place.FIRST);
            Place place = switch (random.nextInt(3)) {
                case 0 -> Place.ofEnd(sentAfter, doneNo, before);
                case 1 -> Place.ofLong(sentAfter, doneNo, before);
                default -> Place.ofAny(doneNo, before);
            };
            last.put(session, place);
            history.add(new Placed(session, sentAfter, doneNo, place));
        }
        return history;
    }
}
