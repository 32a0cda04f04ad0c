package dev.understudy.replay.access;

import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.value.Value;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rows of an answer say about the rows of a table: RETURNING shows the keys that the server made. */
public final class AnswerColumns {
    private final Relations relations;
    private final Map<Long, Origin> origins = new HashMap<>();

    private record Origin(String table, String column) {}

    /** For answers of a server that has this catalog; null where it is not known, so that no answer says anything. */
    public AnswerColumns(Relations relations, @Nullable Catalog catalog) {
        this.relations = relations;
        if (catalog != null) {
            for (Catalog.Relation relation : catalog.relations()) {
                String table =
                        relations.named(relation.schema(), relation.name()).get(0).name;
                for (Catalog.Attribute column : relation.attributes()) {
                    origins.put(key(relation.oid(), column.number()), new Origin(table, column.name()));
                }
            }
        }
    }

    private static long key(int relation, int attribute) {
        return (long) relation << 32 | attribute & 0xffffL;
    }

    /** The same write told by the rows that its answer shows; the write itself where they say nothing. */
    public List<Write> told(Write write, Step step) {
        int rows = step.dataRows().size();
        if (step.rows() == null || rows == 0 || rows > AccessResolver.MAX_ROWS) {
            return List.of(write);
        }
        List<Write> told = new ArrayList<>(rows);
        for (ByteBuf row : step.dataRows()) {
            Map<String, Set<Value>> values = values(write, step.rows().fields(), row);
            if (values.isEmpty()) {
                return List.of(write);
            }
            told.add(new Write(
                    write.region().with(values),
                    write.action(),
                    write.changed(),
                    write.overwrites(),
                    write.generated()));
        }
        return told;
    }

    private Map<String, Set<Value>> values(Write write, List<Field> fields, ByteBuf body) {
        Map<String, Set<Value>> values = new HashMap<>();
        List<@Nullable ByteBuf> row;
        try {
            row = DataRow.columns(body);
        } catch (ProtocolException e) {
            return values; // what can't be read tells nothing
        }
        for (int i = 0; i < Math.min(fields.size(), row.size()); i++) {
            Field field = fields.get(i);
            Origin origin = origins.get(key(field.relationOid(), field.attributeNumber()));
            if (field.relationOid() == 0
                    || origin == null
                    || !origin.table().equals(write.region().table())) {
                continue;
            }
            Family family = relations.table(origin.table()).columns.get(origin.column());
            Value value = family == null ? null : family.column(field, row.get(i));
            if (value != null) {
                values.put(origin.column(), Set.of(value));
            }
        }
        return values;
    }
}
