package dev.understudy.lab.seeds;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws a view: a filter over one table, with some of its columns under names of the view's own. */
final class ViewGrammar {
    private final Chance chance;

    ViewGrammar(Chance chance) {
        this.chance = chance;
    }

    View draw(String name, Table table) {
        Map<String, Set<String>> columns = new LinkedHashMap<>();
        Set<String> decides = new LinkedHashSet<>();
        decides.add(table.rowsRef());
        String status = table.name() + "_status";
        decides.add(table.ref(status));
        StringBuilder list = new StringBuilder(table.number() + " AS " + name + "_n");
        columns.put(name + "_n", Set.of(table.ref(table.number())));
        for (Column column : chance.some(table.lit(), 4)) {
            String as = name + "_" + column.name();
            list.append(", ").append(column.name()).append(" AS ").append(as);
            columns.put(as, Set.of(table.ref(column.name())));
        }
        String excluded = chance.pick(ValueType.STATUSES);
        String from = "SELECT " + list + " FROM " + table.name();
        List<String> others = ValueType.STATUSES.stream()
                .filter(value -> !value.equals(excluded))
                .toList();
        return new View(
                name,
                from + " WHERE " + status + " <> '" + excluded + "'",
                from + " WHERE " + status + " IN ('" + String.join("', '", others) + "')",
                from + " WHERE " + status + " <> '" + excluded + "' AND " + table.number() + " % 3 <> 1",
                columns,
                name + "_n",
                table,
                decides);
    }
}
