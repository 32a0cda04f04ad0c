package dev.understudy.replay.access;

import dev.understudy.pgwire.exchange.Parameter;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Values;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Types whose values are equal for the server exactly if they are here: columns of others prove nothing. */
enum Family {
    INTEGER(
            PgType.INT8,
            Set.of(PgType.INT8, PgType.INT4, PgType.INT2, PgType.OID),
            Set.of("int", "integer", "int2", "int4", "int8", "bigint", "smallint")),
    TEXT(PgType.TEXT, Set.of(PgType.TEXT, PgType.VARCHAR), Set.of("text", "varchar", "character varying")),
    UUID(PgType.UUID, Set.of(PgType.UUID), Set.of("uuid")),
    BOOL(PgType.BOOL, Set.of(PgType.BOOL), Set.of("bool", "boolean"));

    /** Collations under which equality is that of bytes; a column's default is one. */
    private static final Set<String> DETERMINISTIC =
            Set.of("pg_catalog.default", "pg_catalog.C", "pg_catalog.POSIX", "pg_catalog.ucs_basic");

    private static final int MAX_DIGITS = 18;

    private final PgType type;
    private final Set<PgType> types;
    private final Set<String> casts;

    Family(PgType type, Set<PgType> types, Set<String> casts) {
        this.type = type;
        this.types = types;
        this.casts = casts;
    }

    /** The family of a column, null if its values prove nothing. */
    static @Nullable Family of(Catalog.Attribute column) {
        String collation = column.collation();
        if (collation != null && !DETERMINISTIC.contains(collation)) {
            return null;
        }
        return of(column.typeOid());
    }

    private static @Nullable Family of(int typeOid) {
        PgType type = PgType.of(typeOid);
        for (Family family : values()) {
            if (type != null && family.types.contains(type)) {
                return family;
            }
        }
        return null;
    }

    /**
     * The values that an operand stands for; null if they are not certain, {@link Value.Null} for NULL.
     *
     * @param parameters as bound
     */
    @Nullable Set<Value> values(Operand operand, List<Parameter> parameters) {
        if (operand instanceof Operand.AnyBound any) {
            return elements(any, parameters);
        }
        if (!operand.cast().isEmpty() && !casts.contains(operand.cast())) {
            return null;
        }
        Value value = value(operand, parameters);
        return value == null ? null : Set.of(value);
    }

    private @Nullable Value value(Operand operand, List<Parameter> parameters) {
        if (operand instanceof Operand.Null) {
            return Value.Null.NULL;
        } else if (operand instanceof Operand.Literal literal) {
            return decoded(type, Field.TEXT, Unpooled.copiedBuffer(literal.text(), StandardCharsets.UTF_8));
        } else if (operand instanceof Operand.Bare bare) {
            return bare(bare.text());
        } else if (operand instanceof Operand.Bound bound) {
            return bound(bound, parameters);
        }
        return null;
    }

    private @Nullable Value bare(String text) {
        if (this == BOOL) {
            return text.equals("true") || text.equals("false") ? new Value.Bool(text.equals("true")) : null;
        }
        boolean whole = this == INTEGER
                && text.length() <= MAX_DIGITS
                && text.chars().skip(text.startsWith("-") ? 1 : 0).allMatch(c -> c >= '0' && c <= '9');
        return whole ? new Value.Int(Long.parseLong(text)) : null;
    }

    private @Nullable Value bound(Operand.Bound bound, List<Parameter> parameters) {
        if (bound.number() < 1 || bound.number() > parameters.size()) {
            return null;
        }
        Parameter parameter = parameters.get(bound.number() - 1);
        ByteBuf bytes = parameter.value();
        if (bytes == null) {
            return Value.Null.NULL;
        }
        boolean cast = !bound.cast().isEmpty() && of(parameter.typeOid()) == TEXT && parameter.format() == Field.TEXT;
        if (parameter.typeOid() != 0 && of(parameter.typeOid()) != this && !cast) {
            return null;
        }
        return decoded(typeOf(parameter, bytes), parameter.format(), bytes);
    }

    /** What the server takes a parameter for: the column's type where none is said; integers show by their length. */
    private PgType typeOf(Parameter parameter, ByteBuf bytes) {
        if (this != INTEGER || parameter.format() == Field.TEXT) {
            return type;
        }
        return switch (bytes.readableBytes()) {
            case Short.BYTES -> PgType.INT2;
            case Integer.BYTES -> PgType.INT4;
            default -> PgType.INT8;
        };
    }

    private @Nullable Set<Value> elements(Operand.AnyBound any, List<Parameter> parameters) {
        String cast =
                any.cast().endsWith("[]") ? any.cast().substring(0, any.cast().length() - 2) : any.cast();
        boolean known = any.cast().isEmpty() || casts.contains(cast);
        if (!known || any.number() < 1 || any.number() > parameters.size()) {
            return null;
        }
        Parameter parameter = parameters.get(any.number() - 1);
        PgType element = PgType.elementOf(parameter.typeOid());
        if (parameter.typeOid() != 0 && (element == null || !types.contains(element))) {
            return null;
        }
        int array = element == null ? type.arrayOid() : element.arrayOid();
        if (!(Values.decode(array, parameter.format(), parameter.value()) instanceof Value.Array values)) {
            return null;
        }
        Set<Value> result = new HashSet<>();
        for (Value value : values.elements()) {
            if (!isOfFamily(value) && !(value instanceof Value.Null)) {
                return null;
            }
            result.add(value);
        }
        return result;
    }

    /** The value of a column of this family in an answer, null if it can't be read. */
    @Nullable Value column(Field field, @Nullable ByteBuf bytes) {
        Value value = Values.decode(field, bytes);
        return isOfFamily(value) || value instanceof Value.Null ? value : null;
    }

    private @Nullable Value decoded(PgType as, int format, ByteBuf bytes) {
        Value value = Values.decode(as.oid(), format, bytes);
        return isOfFamily(value) ? value : null;
    }

    private boolean isOfFamily(Value value) {
        return switch (this) {
            case INTEGER -> value instanceof Value.Int;
            case TEXT -> value instanceof Value.Text;
            case UUID -> value instanceof Value.Uuid;
            case BOOL -> value instanceof Value.Bool;
        };
    }
}
