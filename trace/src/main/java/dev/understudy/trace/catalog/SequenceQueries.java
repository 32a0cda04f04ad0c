package dev.understudy.trace.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sequences: their shape from pg_sequence, their position from each sequence itself. */
final class SequenceQueries {
    /** How many sequences one query reads the positions of. */
    private static final int BATCH = 200;

    private static final String SHAPES = """
            SELECT c.oid::int8, n.nspname, c.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement,
                   s.seqmin, s.seqmax, s.seqcycle, s.seqcache,
                   (SELECT tn.nspname || '.' || t.relname || '.' || a.attname
                    FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
                    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass
                      AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i') LIMIT 1),
                   has_table_privilege(c.oid, 'SELECT')
            FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relpersistence <> 't' AND n.nspname !~ '^(pg_|information_schema$)'
            ORDER BY n.nspname, c.relname
            """;

    private SequenceQueries() {}

    static List<Catalog.Sequence> sequences(Connection connection) throws SQLException {
        List<Shape> shapes = Rows.list(connection, SHAPES, Shape::of);
        Map<Integer, Position> positions =
                positions(connection, shapes.stream().filter(Shape::readable).toList());
        return shapes.stream().map(shape -> shape.at(positions.get(shape.oid))).toList();
    }

    private static Map<Integer, Position> positions(Connection connection, List<Shape> shapes) throws SQLException {
        Map<Integer, Position> positions = new HashMap<>();
        for (int from = 0; from < shapes.size(); from += BATCH) {
            StringBuilder sql = new StringBuilder();
            for (Shape shape : shapes.subList(from, Math.min(from + BATCH, shapes.size()))) {
                sql.append(sql.isEmpty() ? "" : " UNION ALL ")
                        .append("SELECT ")
                        .append(Integer.toUnsignedLong(shape.oid))
                        .append("::int8, last_value, is_called FROM ")
                        .append(Identifiers.quoted(shape.schema, shape.name));
            }
            Rows.list(
                    connection,
                    sql.toString(),
                    row -> positions.put(row.number(), new Position(row.big(), row.bool())));
        }
        return positions;
    }

    private record Position(long lastValue, boolean called) {}

    private record Shape(
            int oid,
            String schema,
            String name,
            String type,
            long start,
            long increment,
            long minimum,
            long maximum,
            boolean cycle,
            long cache,
            @Nullable String ownedBy,
            boolean readable) {
        static Shape of(Rows row) throws SQLException {
            return new Shape(
                    row.number(),
                    row.text(),
                    row.text(),
                    row.text(),
                    row.big(),
                    row.big(),
                    row.big(),
                    row.big(),
                    row.bool(),
                    row.big(),
                    row.textOrNull(),
                    row.bool());
        }

        Catalog.Sequence at(@Nullable Position position) {
            return new Catalog.Sequence(
                    schema,
                    name,
                    type,
                    position == null ? start : position.lastValue,
                    position != null && position.called,
                    start,
                    increment,
                    minimum,
                    maximum,
                    cycle,
                    cache,
                    ownedBy);
        }
    }
}
