package dev.understudy.lab.seeds;

import java.util.List;
import java.util.Optional;

/**
 * A table. Rows are numbered from 1 in a column of their own, whatever the key: up to {@code hot} the workload reads
 * them, beyond it no statement does.
 *
 * @param name its name
 * @param key how its rows are told apart
 * @param columns data columns
 * @param parent the table that it refers to by row number, empty for none
 * @param hot rows that the workload may read
 * @param cold rows that it does not
 * @param partitioned whether by range of the row number
 * @param computed whether it has a column that the server computes from the amount
 */
record Table(
        String name,
        KeyKind key,
        List<Column> columns,
        Optional<String> parent,
        int hot,
        int cold,
        boolean partitioned,
        boolean computed) {
    Table {
        columns = List.copyOf(columns);
    }

    String id() {
        return name + "_id";
    }

    String number() {
        return name + "_n";
    }

    /** The column that refers to {@link #parent}. */
    String reference() {
        return name + "_ref";
    }

    /** The column that the server computes. */
    String twice() {
        return name + "_twice";
    }

    /** All columns of a keyless table, or of one whose key may be copied, but the computed one; as a list. */
    String stored() {
        StringBuilder list = new StringBuilder(key.hasId() ? id() + ", " + number() : number());
        list.append(key == KeyKind.COMPOSITE ? ", " + name + "_part" : "");
        columns.forEach(column -> list.append(", ").append(column.name()));
        parent.ifPresent(any -> list.append(", ").append(reference()));
        return list.toString();
    }

    String sequence() {
        return name + "_" + name + "_id_seq";
    }

    /** Data columns that the workload may use. */
    List<Column> lit() {
        return columns.stream().filter(column -> !column.dark()).toList();
    }

    boolean hasDark() {
        return columns.stream().anyMatch(Column::dark);
    }

    List<Column> of(ValueType type) {
        return lit().stream().filter(column -> column.type() == type).toList();
    }

    Optional<Column> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    /** Rows there before the workload. */
    int rows() {
        return hot + cold;
    }

    /** {@code table.column}: how truth and findings are told. */
    String ref(String column) {
        return name + "." + column;
    }

    /** Which rows there are. */
    String rowsRef() {
        return name + ".*";
    }
}
