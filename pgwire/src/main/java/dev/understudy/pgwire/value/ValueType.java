package dev.understudy.pgwire.value;

import java.util.List;

/** How the values of a type are read: what of a server's catalog their bytes depend on. Immutable. */
public sealed interface ValueType {
    /** A type that is not built of others. */
    record Scalar(PgType type) implements ValueType {}

    /** Types that need no more to be said. */
    enum Plain implements ValueType {
        /** An enumeration: its labels are sent as their characters in both formats. */
        LABEL,
        /** The extension's type hstore. */
        HSTORE,
        /** A type whose bytes nobody here can read. */
        UNKNOWN
    }

    /**
     * An array.
     *
     * @param elementOid as the binary format names it
     * @param delimiter typdelim of the element
     */
    record Array(int elementOid, ValueType element, char delimiter) implements ValueType {}

    /**
     * A range.
     *
     * @param discrete whether its bounds have a canonical form: lower included, upper not
     */
    record Range(ValueType bound, boolean discrete) implements ValueType {}

    /** A set of ranges. */
    record Multirange(Range range) implements ValueType {}

    /** A composite type, or a table's row type. */
    record Composite(List<Attribute> attributes) implements ValueType {
        /** Copies the list. */
        public Composite {
            attributes = List.copyOf(attributes);
        }
    }

    /** A member of a composite type. */
    record Attribute(String name, ValueType type) {}

    /** record: only the binary format tells what it is made of, by OID. */
    record AnyRecord(Lookup types) implements ValueType {}

    /** The types of one server. */
    interface Lookup {
        /** The type of that OID, {@link Plain#UNKNOWN} if it is not known. */
        ValueType typeOf(int oid);
    }

    /** The built-in type of that OID, {@link Plain#UNKNOWN} if it is none. */
    static ValueType builtIn(int oid) {
        return BuiltInTypes.of(oid);
    }

    /** The arrays of a type. */
    static Array arrayOf(int elementOid, ValueType element) {
        return new Array(
                elementOid, element, element instanceof Scalar scalar && scalar.type() == PgType.BOX ? ';' : ',');
    }

    /** Whether values of both types that mean the same are read as equal ones from either format. */
    default boolean readsLike(ValueType other) {
        if (this instanceof Array a && other instanceof Array b) {
            return a.element().readsLike(b.element());
        }
        if (this instanceof Composite a && other instanceof Composite b) {
            boolean alike = a.attributes().size() == b.attributes().size();
            for (int i = 0; alike && i < a.attributes().size(); i++) {
                alike = a.attributes()
                        .get(i)
                        .type()
                        .readsLike(b.attributes().get(i).type());
            }
            return alike;
        }
        if (this instanceof Range a && other instanceof Range b) {
            return a.discrete() == b.discrete() && a.bound().readsLike(b.bound());
        }
        if (this instanceof Multirange a && other instanceof Multirange b) {
            return a.range().readsLike(b.range());
        }
        return !(this instanceof AnyRecord) && this != Plain.UNKNOWN && equals(other);
    }
}
