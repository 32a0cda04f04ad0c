package dev.understudy.trace.chunk;

import dev.understudy.trace.catalog.Catalog.Attribute;
import dev.understudy.trace.catalog.Catalog.Relation;
import dev.understudy.trace.catalog.Catalog.Schema;
import dev.understudy.trace.catalog.Catalog.Type;

/**
 * The parts of a catalog that hold data.
 *
 * <pre>
 *  schema:    string name, string owner, optional string acl
 *  type:      u32 oid, string schema, string name, char kind, u32 element, u32 base, u32 relation,
 *             list of string labels, optional string definition
 *  relation:  u32 oid, string schema, string name, char kind, char persistence, string owner, bool rowSecurity,
 *             bool forceRowSecurity, optional string acl, optional string definition, bool partition,
 *             list of string parents, optional string partitionBound, optional string partitionKey,
 *             list of string options, list of attributes
 *  attribute: zigzag number, string name, u32 typeOid, string typeName, zigzag typeModifier, bool notNull,
 *             optional string defaultValue, char identity, char generated, optional string collation,
 *             optional string acl
 * </pre>
 */
final class RelationCodec {
    private RelationCodec() {}

    static void writeSchema(WireWriter out, Schema schema) {
        out.string(schema.name());
        out.string(schema.owner());
        out.optionalString(schema.acl());
    }

    static Schema readSchema(WireReader in) {
        return new Schema(in.string("name"), in.string("owner"), in.optionalString("acl"));
    }

    static void writeType(WireWriter out, Type type) {
        out.u32(type.oid());
        out.string(type.schema());
        out.string(type.name());
        out.character(type.kind());
        out.u32(type.element());
        out.u32(type.base());
        out.u32(type.relation());
        out.strings(type.labels());
        out.optionalString(type.definition());
    }

    static Type readType(WireReader in) {
        return new Type(
                in.u32("oid"),
                in.string("schema"),
                in.string("name"),
                in.character("kind"),
                in.u32("element"),
                in.u32("base"),
                in.u32("relation"),
                in.strings("labels"),
                in.optionalString("definition"));
    }

    static void writeRelation(WireWriter out, Relation relation) {
        out.u32(relation.oid());
        out.string(relation.schema());
        out.string(relation.name());
        out.character(relation.kind());
        out.character(relation.persistence());
        out.string(relation.owner());
        out.bool(relation.rowSecurity());
        out.bool(relation.forceRowSecurity());
        out.optionalString(relation.acl());
        out.optionalString(relation.definition());
        out.bool(relation.partition());
        out.strings(relation.parents());
        out.optionalString(relation.partitionBound());
        out.optionalString(relation.partitionKey());
        out.strings(relation.options());
        out.list(relation.attributes(), RelationCodec::writeAttribute);
    }

    static Relation readRelation(WireReader in) {
        return new Relation(
                in.u32("oid"),
                in.string("schema"),
                in.string("name"),
                in.character("kind"),
                in.character("persistence"),
                in.string("owner"),
                in.bool("rowSecurity"),
                in.bool("forceRowSecurity"),
                in.optionalString("acl"),
                in.optionalString("definition"),
                in.bool("partition"),
                in.strings("parents"),
                in.optionalString("partitionBound"),
                in.optionalString("partitionKey"),
                in.strings("options"),
                in.list("attributes", RelationCodec::readAttribute));
    }

    private static void writeAttribute(WireWriter out, Attribute attribute) {
        out.zigzag(attribute.number());
        out.string(attribute.name());
        out.u32(attribute.typeOid());
        out.string(attribute.typeName());
        out.zigzag(attribute.typeModifier());
        out.bool(attribute.notNull());
        out.optionalString(attribute.defaultValue());
        out.character(attribute.identity());
        out.character(attribute.generated());
        out.optionalString(attribute.collation());
        out.optionalString(attribute.acl());
    }

    private static Attribute readAttribute(WireReader in) {
        return new Attribute(
                in.int32("number"),
                in.string("name"),
                in.u32("typeOid"),
                in.string("typeName"),
                in.int32("typeModifier"),
                in.bool("notNull"),
                in.optionalString("defaultValue"),
                in.character("identity"),
                in.character("generated"),
                in.optionalString("collation"),
                in.optionalString("acl"));
    }
}
