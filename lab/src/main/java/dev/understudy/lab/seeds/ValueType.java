package dev.understudy.lab.seeds;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * The types of data columns. Their values are such that every fault of {@link FaultKind} changes them: numbers have
 * decimals that rounding loses, texts are lower case and long, times have microseconds.
 */
enum ValueType {
    INT("integer", "int"),
    BIGINT("bigint", "big"),
    NUMERIC("numeric(12,4)", "amount"),
    TEXT("text", "note"),
    VARCHAR("varchar(60)", "name"),
    STATUS("text", "status"),
    BOOL("boolean", "flag"),
    TIMESTAMPTZ("timestamptz", "at"),
    TIMESTAMP("timestamp", "local"),
    DATE("date", "day"),
    UUID("uuid", "token"),
    JSONB("jsonb", "doc"),
    INT_ARRAY("integer[]", "ints"),
    TEXT_ARRAY("text[]", "tags"),
    ENUM("", "kind"),
    BYTEA("bytea", "raw"),
    FLOAT("double precision", "ratio");

    /** Labels of every enumeration. */
    static final List<String> LABELS = List.of("amber", "blue", "coral", "dun");
    /** Values of every status. */
    static final List<String> STATUSES = List.of("new", "paid", "shipped", "closed");

    private static final List<String> WORDS =
            List.of("lorem", "ipsum", "dolor", "größe", "amet", "elit", "sed", "naïve", "tempor", "magna");
    private static final Instant EPOCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final int MICROS = 1_000_000;

    private final String sql;
    private final String stem;

    ValueType(String sql, String stem) {
        this.sql = sql;
        this.stem = stem;
    }

    /** As in CREATE TABLE; empty for an enumeration, whose type is the column's own. */
    String sql() {
        return sql;
    }

    /** How columns of it are called, behind their table's name. */
    String stem() {
        return stem;
    }

    /** Whether sum() and arithmetic work on it without rounding. */
    boolean isExact() {
        return this == INT || this == BIGINT || this == NUMERIC;
    }

    boolean isText() {
        return this == TEXT || this == VARCHAR;
    }

    /** Whether the driver has a Java type for it; other values are bound as text and cast. */
    boolean isBound() {
        return switch (this) {
            case JSONB, INT_ARRAY, TEXT_ARRAY, ENUM -> false;
            default -> true;
        };
    }

    /** A value for the driver. */
    Object value(Chance chance) {
        return switch (this) {
            case INT -> chance.between(1_000, 30_000);
            case BIGINT -> 4_000_000_000L + chance.below(1_000_000);
            case NUMERIC -> new BigDecimal(chance.between(10, 9_999) + "." + decimals(chance));
            case TEXT, VARCHAR -> words(chance);
            case STATUS -> chance.pick(STATUSES);
            case BOOL -> chance.percent(50);
            case TIMESTAMPTZ -> moment(chance).atOffset(ZoneOffset.UTC);
            case TIMESTAMP -> LocalDateTime.ofInstant(moment(chance), ZoneOffset.UTC);
            case DATE -> LocalDate.of(2026, 1, 1).plusDays(chance.below(300));
            case UUID -> java.util.UUID.nameUUIDFromBytes(words(chance).getBytes(StandardCharsets.UTF_8));
            case JSONB ->
                "{\"a\": " + chance.below(500) + ", \"b\": \"" + words(chance) + "\", \"c\": {\"d\": [1, "
                        + chance.below(9) + "], \"e\": null}}";
            case INT_ARRAY -> {
                int first = chance.below(100);
                yield "{" + first + "," + (first + 1 + chance.below(5)) + "," + (first + 10) + "}";
            }
            case TEXT_ARRAY -> "{alpha" + chance.below(10) + ",beta" + chance.below(10) + "}";
            case ENUM -> chance.pick(LABELS);
            case BYTEA -> words(chance).getBytes(StandardCharsets.UTF_8);
            case FLOAT -> chance.between(1, 900) + chance.between(100_000_000, 999_999_999) / 1e9;
        };
    }

    /** A value as a literal, for the rows that are there before the workload. */
    String literal(Chance chance) {
        Object value = value(chance);
        if (value instanceof byte[] bytes) {
            return "'\\x" + java.util.HexFormat.of().formatHex(bytes) + "'";
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        return "'" + value + "'";
    }

    /** A literal of the kind that programs forget; no fault of {@link FaultKind} fails on it. */
    String unusual(Chance chance) {
        List<String> literals = switch (this) {
            case INT -> List.of("0", "-1", "-32768");
            case BIGINT -> List.of("0", "-9223372036854775808");
            case NUMERIC -> List.of("'NaN'", "0", "-0.0001", "90000000.0001");
            case TEXT, VARCHAR ->
                List.of("''", "' '", "E'tab\\tand\\nline'", "E'O''Brien \\\\N'", "U&'\\+01F600 e\\0301'");
            case TIMESTAMPTZ, TIMESTAMP -> List.of("'infinity'", "'-infinity'", "'0044-03-15 10:00:00 BC'");
            case DATE -> List.of("'infinity'", "'0044-03-15 BC'", "'9999-12-31'");
            case UUID -> List.of("'00000000-0000-0000-0000-000000000000'");
            case JSONB -> List.of("'{}'", "'{\"b\": null, \"n\": 1.50, \"big\": 12345678901234567890}'");
            case INT_ARRAY -> List.of("'{}'", "'{NULL,1}'", "'[0:1]={7,8}'");
            case TEXT_ARRAY -> List.of("'{}'", "'{NULL,\"NULL\",\"a,b\"}'");
            case BYTEA -> List.of("'\\x000000ff'");
            case FLOAT -> List.of("'NaN'", "'Infinity'", "'-0'", "0.1");
            case STATUS, BOOL, ENUM -> List.of();
        };
        return literals.isEmpty() ? literal(chance) : chance.pick(literals);
    }

    private static String decimals(Chance chance) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            digits.append(chance.between(1, 8));
        }
        return digits.toString();
    }

    private static String words(Chance chance) {
        return String.format(
                Locale.ROOT,
                "%s %s %d %s",
                chance.pick(WORDS),
                chance.pick(WORDS),
                chance.between(100, 999),
                chance.pick(WORDS));
    }

    private static Instant moment(Chance chance) {
        return EPOCH.plusSeconds(chance.below(20_000_000)).plusNanos(1_000L * chance.between(1, MICROS - 1));
    }
}
