package dev.understudy.lab.seeds;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a session does at one go: a transaction, or one statement by itself.
 *
 * @param session whose
 * @param calls what
 */
public record Unit(int session, List<Call> calls) {
    /** Copies the list. */
    public Unit {
        calls = List.copyOf(calls);
    }

    /** The tables whose rows it may lock. */
    Set<String> locks() {
        return calls.stream()
                .flatMap(call -> call.facts().written().keySet().stream())
                .map(ref -> ref.substring(0, ref.indexOf('.')))
                .collect(Collectors.toSet());
    }
}
