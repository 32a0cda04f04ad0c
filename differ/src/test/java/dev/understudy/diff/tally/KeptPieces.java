package dev.understudy.diff.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Pieces of a tally as a compacted topic keeps them: the last of each name, less those that are gone. */
final class KeptPieces implements Consumer<TallyEntry> {
    private final Map<TallyEntry.Name, TallyEntry> pieces = new LinkedHashMap<>();
    private final List<String> changed = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();

    @Override
    public void accept(TallyEntry piece) {
        pieces.put(piece.name(), piece);
        changed.add(piece.name().id());
    }

    /** Takes the names of pieces that are no more: only what was kept can be gone. */
    Consumer<String> gone(String kind) {
        return id -> gone(new TallyEntry.Name(kind, id));
    }

    void gone(TallyEntry.Name name) {
        assertThat(pieces.remove(name)).as(name.toString()).isNotNull();
        gone.add(name.id());
    }

    /** The ids of what was handed over since this was last asked. */
    List<String> takeChanged() {
        List<String> taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }

    /** The ids of what went since this was last asked. */
    List<String> takeGone() {
        List<String> taken = List.copyOf(gone);
        gone.clear();
        return taken;
    }

    /** Everything kept, in an order of chance. */
    List<TallyEntry> all() {
        List<TallyEntry> all = new ArrayList<>(pieces.values());
        Collections.shuffle(all, new Random(all.size()));
        return all;
    }

    /** Everything kept of one kind, in an order of chance. */
    <T extends TallyEntry> List<T> all(Class<T> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
