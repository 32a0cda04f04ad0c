package dev.understudy.trace.chunk;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.Catalog.Sequence;
import java.util.List;

/**
 * A catalog. For this module's codecs, not for others.
 *
 * <pre>
 *  14 CatalogEntry:
 *    string systemIdentifier, zigzag timeline, string database, u32 databaseOid, zigzag serverVersion,
 *    map settings, map extensions, map collations,
 *    list schemas, types, relations       RelationCodec
 *    list sequences                       below
 *    list constraints, indexes, triggers, policies, functions, roles      DependentCodec
 *
 *  sequence:
 *    string schema, string name, string type, zigzag lastValue, bool called, zigzag start, zigzag increment,
 *    zigzag minimum, zigzag maximum, bool cycle, zigzag cache, optional string ownedBy
 * </pre>
 */
public final class CatalogCodec {
    private CatalogCodec() {}

    /** Writes a catalog. */
    public static void write(WireWriter out, Catalog catalog) {
        out.string(catalog.systemIdentifier());
        out.zigzag(catalog.timeline());
        out.string(catalog.database());
        out.u32(catalog.databaseOid());
        out.zigzag(catalog.serverVersion());
        out.stringMap(catalog.settings());
        out.stringMap(catalog.extensions());
        out.stringMap(catalog.collations());
        out.list(catalog.schemas(), RelationCodec::writeSchema);
        out.list(catalog.types(), RelationCodec::writeType);
        out.list(catalog.relations(), RelationCodec::writeRelation);
        writeSequences(out, catalog.sequences());
        out.list(catalog.constraints(), DependentCodec::writeConstraint);
        out.list(catalog.indexes(), DependentCodec::writeIndex);
        out.list(catalog.triggers(), DependentCodec::writeTrigger);
        out.list(catalog.policies(), DependentCodec::writePolicy);
        out.list(catalog.functions(), DependentCodec::writeFunction);
        out.list(catalog.roles(), DependentCodec::writeRole);
    }

    /** Reads a catalog. */
    public static Catalog read(WireReader in) {
        return new Catalog(
                in.string("systemIdentifier"),
                in.int32("timeline"),
                in.string("database"),
                in.u32("databaseOid"),
                in.int32("serverVersion"),
                in.stringMap("settings"),
                in.stringMap("extensions"),
                in.stringMap("collations"),
                in.list("schemas", RelationCodec::readSchema),
                in.list("types", RelationCodec::readType),
                in.list("relations", RelationCodec::readRelation),
                readSequences(in),
                in.list("constraints", DependentCodec::readConstraint),
                in.list("indexes", DependentCodec::readIndex),
                in.list("triggers", DependentCodec::readTrigger),
                in.list("policies", DependentCodec::readPolicy),
                in.list("functions", DependentCodec::readFunction),
                in.list("roles", DependentCodec::readRole));
    }

    static void writeSequences(WireWriter out, List<Sequence> sequences) {
        out.list(sequences, CatalogCodec::writeSequence);
    }

    static List<Sequence> readSequences(WireReader in) {
        return in.list("sequences", CatalogCodec::readSequence);
    }

    private static void writeSequence(WireWriter out, Sequence sequence) {
        out.string(sequence.schema());
        out.string(sequence.name());
        out.string(sequence.type());
        out.zigzag(sequence.lastValue());
        out.bool(sequence.called());
        out.zigzag(sequence.start());
        out.zigzag(sequence.increment());
        out.zigzag(sequence.minimum());
        out.zigzag(sequence.maximum());
        out.bool(sequence.cycle());
        out.zigzag(sequence.cache());
        out.optionalString(sequence.ownedBy());
    }

    private static Sequence readSequence(WireReader in) {
        return new Sequence(
                in.string("schema"),
                in.string("name"),
                in.string("type"),
                in.zigzag("lastValue"),
                in.bool("called"),
                in.zigzag("start"),
                in.zigzag("increment"),
                in.zigzag("minimum"),
                in.zigzag("maximum"),
                in.bool("cycle"),
                in.zigzag("cache"),
                in.optionalString("ownedBy"));
    }
}
