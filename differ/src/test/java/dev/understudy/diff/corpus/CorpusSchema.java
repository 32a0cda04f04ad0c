package dev.understudy.diff.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The corpus's database on one server, whose OIDs begin at {@code base}: types and tables of schema.yaml, less what a case
 * says that a migration made of them.
 */
final class CorpusSchema {
    /** {@code name type(modifier) @table.column}, the modifier and the origin optional; a negative number for a system column. */
    private static final Pattern COLUMN =
            Pattern.compile("(QUERY PLAN|\\S+) ([^@(]+?)(?:\\((.+)\\))?(?: @(.+)\\.(.+))?");

    private final Catalog catalog;
    private final Map<String, Integer> oids = new HashMap<>();

    CorpusSchema(JsonNode schema, JsonNode migrated, int base) {
        int next = base;
        List<Catalog.Type> types = new ArrayList<>();
        List<Catalog.Relation> relations = new ArrayList<>();
        List<Catalog.Constraint> constraints = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : schema.path("enums").properties()) {
            int oid = next++;
            int array = next++;
            List<String> labels = new ArrayList<>();
            each.getValue().forEach(label -> labels.add(label.asText()));
            types.add(new Catalog.Type(oid, "public", each.getKey(), 'e', 0, 0, 0, labels, null));
            types.add(new Catalog.Type(array, "public", "_" + each.getKey(), 'b', oid, 0, 0, List.of(), null));
            oids.put(each.getKey(), oid);
            oids.put(each.getKey() + "[]", array);
        }
        for (Map.Entry<String, JsonNode> each : schema.path("domains").properties()) {
            int oid = next++;
            String over = each.getValue().asText();
            types.add(new Catalog.Type(oid, "public", each.getKey(), 'd', 0, oid(over), 0, List.of(), over));
            oids.put(each.getKey(), oid);
        }
        for (Map.Entry<String, JsonNode> each : schema.path("composites").properties()) {
            int relation = next++;
            int oid = next++;
            types.add(new Catalog.Type(oid, "public", each.getKey(), 'c', 0, 0, relation, List.of(), null));
            relations.add(relation(relation, each.getKey(), 'c', attributes(each.getValue())));
            oids.put(each.getKey(), oid);
        }
        Map<String, JsonNode> tables = new TreeMap<>();
        schema.path("tables").properties().forEach(each -> tables.put(each.getKey(), each.getValue()));
        migrated.properties().forEach(each -> tables.put(each.getKey(), each.getValue()));
        for (Map.Entry<String, JsonNode> each : tables.entrySet()) {
            relations.add(relation(next++, each.getKey(), 'r', attributes(each.getValue())));
            List<Integer> key = new ArrayList<>();
            for (int i = 0; i < each.getValue().size(); i++) {
                if (each.getValue().get(i).asText().startsWith("*")) {
                    key.add(i + 1);
                }
            }
            if (!key.isEmpty()) {
                constraints.add(new Catalog.Constraint(
                        "public",
                        each.getKey(),
                        each.getKey() + "_pkey",
                        'p',
                        true,
                        false,
                        false,
                        key,
                        null,
                        List.of(),
                        "PRIMARY KEY"));
            }
        }
        catalog = new CatalogBuilder("shop")
                .identity("700000000000" + base, 1, base, 150_000)
                .settings(Map.of("TimeZone", "Etc/UTC"))
                .types(types)
                .relations(relations)
                .constraints(constraints)
                .build();
    }

    Catalog catalog() {
        return catalog;
    }

    /** A result column as it is written. */
    Field field(String written, boolean binary) {
        Matcher column = matched(written);
        int relation = 0;
        int number = 0;
        if (column.group(4) != null) {
            Catalog.Relation table = table(column.group(4));
            relation = table.oid();
            number = number(table, column.group(5));
        }
        String type = column.group(2);
        return new Field(
                column.group(1),
                relation,
                number,
                // character(n), not the internal type "char"
                oid(typeName(written)),
                -1,
                modifier(type, column.group(3)),
                binary ? Field.BINARY : Field.TEXT);
    }

    /** The name of its type. */
    static String typeName(String written) {
        String name = matched(written).group(2);
        return name.equals("char") && matched(written).group(3) != null ? "bpchar" : name;
    }

    private static Matcher matched(String written) {
        Matcher column = COLUMN.matcher(written);
        if (!column.matches()) {
            throw new IllegalArgumentException("column=" + written);
        }
        return column;
    }

    private Catalog.Relation table(String name) {
        return catalog.relations().stream()
                .filter(relation -> relation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("table=" + name));
    }

    private static int number(Catalog.Relation table, String column) {
        if (column.startsWith("-")) {
            return Integer.parseInt(column);
        }
        return table.attributes().stream()
                .filter(attribute -> attribute.name().equals(column))
                .mapToInt(Catalog.Attribute::number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("column=" + table.name() + "." + column));
    }

    /** A modifier as the type's input function packs it. */
    private static int modifier(String type, @Nullable String written) {
        if (written == null) {
            return -1;
        }
        String[] parts = written.split(",");
        int first = Integer.parseInt(parts[0].strip());
        return switch (type) {
            case "numeric" -> (first << 16 | (parts.length > 1 ? Integer.parseInt(parts[1].strip()) : 0)) + 4;
            case "varchar", "char" -> first + 4;
            default -> first;
        };
    }

    private int oid(String type) {
        Integer own = oids.get(type);
        if (own != null) {
            return own;
        }
        if (type.chars().allMatch(Character::isDigit)) {
            return Integer.parseInt(type);
        }
        boolean array = type.endsWith("[]");
        String element = array ? type.substring(0, type.length() - 2) : type;
        return Arrays.stream(PgType.values())
                .filter(known -> known.typeName().equals(element))
                .mapToInt(known -> array ? known.arrayOid() : known.oid())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("type=" + type));
    }

    private static Catalog.Relation relation(int oid, String name, char kind, List<Catalog.Attribute> attributes) {
        return new Catalog.Relation(
                oid,
                "public",
                name,
                kind,
                'p',
                "owner",
                false,
                false,
                null,
                null,
                false,
                List.of(),
                null,
                null,
                List.of(),
                attributes);
    }

    private List<Catalog.Attribute> attributes(JsonNode columns) {
        List<Catalog.Attribute> attributes = new ArrayList<>();
        for (JsonNode column : columns) {
            String[] parts = column.asText().split(" ", 3);
            attributes.add(new Catalog.Attribute(
                    attributes.size() + 1,
                    parts[0].startsWith("*") ? parts[0].substring(1) : parts[0],
                    oid(parts[1]),
                    parts[1],
                    -1,
                    false,
                    parts.length > 2 ? parts[2] : null,
                    Catalog.NONE,
                    Catalog.NONE,
                    null,
                    null));
        }
        return attributes;
    }
}
