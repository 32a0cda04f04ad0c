package dev.understudy.replay.generated;

import dev.understudy.replay.access.ColumnOperand;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement's text has to do with generated values.
 *
 * @param constants the places where a constant of such a column stands
 * @param parameters the places where a parameter stands, by its number
 * @param calls what the outermost SELECT's columns tell of sequences; null for one that tells nothing
 * @param drawnColumns columns, by schema.table.column, that a new row gets from the server
 * @param draws the one sequence that a new row draws from, null if there is none or more than one
 * @param unsettles whether afterwards it is not certain which sequence the session has drawn from last
 * @param touches whether anything in it can matter
 */
record Statement(
        List<Place> constants,
        Map<Integer, Place> parameters,
        List<@Nullable Call> calls,
        Set<String> drawnColumns,
        @Nullable Domain draws,
        boolean unsettles,
        boolean touches) {
    static final Statement NOTHING = new Statement(List.of(), Map.of(), List.of(), Set.of(), null, false, false);

    /** Where a value of a column stands. */
    record Place(ColumnOperand operand, Column column) {}

    /**
     * A column of the answer that is a sequence's value.
     *
     * @param function its name
     * @param sequence null for {@code lastval()}
     */
    record Call(String function, @Nullable Domain sequence) {}

    /** Uses by the parameter that stands there; one that stands for several domains is in none. */
    static Map<Integer, Place> byParameter(List<Place> uses) {
        Map<Integer, Place> parameters = new HashMap<>();
        Set<Integer> torn = new HashSet<>();
        for (Place place : uses) {
            int number = place.operand().parameter();
            Place other = number == 0 ? null : parameters.put(number, place);
            boolean same = other == null
                    || other.column().domain() == place.column().domain()
                            && other.operand().many() == place.operand().many();
            if (!same) {
                torn.add(number);
            }
        }
        parameters.keySet().removeAll(torn);
        return Map.copyOf(parameters);
    }
}
