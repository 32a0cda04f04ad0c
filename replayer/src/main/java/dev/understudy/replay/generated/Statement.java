package dev.understudy.replay.generated;

import dev.understudy.replay.access.ColumnOperand;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement's text has to do with generated values.
 *
 * @param uses the places where a value of such a column stands
 * @param calls what the outermost SELECT's columns tell of sequences; null for one that tells nothing
 * @param drawnColumns columns, by schema.table.column, that a new row gets from the server
 * @param draws the one sequence that a new row draws from, null if there is none or more than one
 * @param unsettles whether afterwards it is not certain which sequence the session has drawn from last
 * @param touches whether anything in it can matter
 */
record Statement(
        List<Place> uses,
        List<@Nullable Call> calls,
        Set<String> drawnColumns,
        @Nullable Domain draws,
        boolean unsettles,
        boolean touches) {
    static final Statement NOTHING = new Statement(List.of(), List.of(), Set.of(), null, false, false);

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
    Map<Integer, Place> parameters() {
        Map<Integer, Place> parameters = new java.util.HashMap<>();
        Set<Integer> torn = new java.util.HashSet<>();
        for (Place place : uses) {
            int number = place.operand().parameter();
            Place other = number == 0 ? null : parameters.put(number, place);
            if (other != null
                    && (other.column().domain() != place.column().domain()
                            || other.operand().many() != place.operand().many())) {
                torn.add(number);
            }
        }
        parameters.keySet().removeAll(torn);
        return parameters;
    }
}
