package dev.understudy.trace.run;

import dev.understudy.trace.catalog.Catalog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a copy was made of at one moment, as digests: equal ones on two servers of one major mean equal schemas and
 * equal rows. Owners, grants, settings, OIDs and who it is are left out: copies may differ in them.
 *
 * @param major the server's, such as 15; digests of different majors say nothing about each other
 * @param catalog the schema's digest
 * @param state the rows' and the sequences' digest, empty if they were not read
 * @param rows how many rows, 0 if they were not read
 * @param takenMicros when, microseconds since 1970
 */
public record CopyStamp(int major, String catalog, String state, long rows, long takenMicros) {
    private static final int VERSIONS_OF_A_MAJOR = 10_000;

    /**
     * The stamp of a database.
     *
     * @param tables its tables' state; empty if rows were not read
     */
    public static CopyStamp of(Catalog catalog, List<TableState> tables, long takenMicros) {
        Digest schema = new Digest();
        catalog.types().stream()
                .filter(type -> !type.schema().equals("pg_catalog"))
                .forEach(type -> schema.add(type.qualifiedName(), type.kind(), type.labels(), type.definition()));
        for (Catalog.Relation relation : catalog.relations()) {
            schema.add(
                    relation.qualifiedName(),
                    relation.kind(),
                    relation.definition(),
                    relation.parents(),
                    relation.partitionBound(),
                    relation.partitionKey());
            relation.attributes()
                    .forEach(column -> schema.add(
                            column.name(),
                            column.typeName(),
                            column.notNull(),
                            column.defaultValue(),
                            column.identity(),
                            column.generated(),
                            column.collation()));
        }
        catalog.constraints()
                .forEach(each ->
                        schema.add(each.schema(), each.relation(), each.name(), each.definition(), each.validated()));
        catalog.indexes().forEach(each -> schema.add(each.definition(), each.valid()));
        catalog.triggers().forEach(each -> schema.add(each.definition(), each.enabled()));
        catalog.policies()
                .forEach(each -> schema.add(
                        each.schema(),
                        each.relation(),
                        each.name(),
                        each.permissive(),
                        each.command(),
                        each.using(),
                        each.check()));
        catalog.functions().forEach(each -> schema.add(each.signature(), each.volatility(), each.definition()));
        Digest state = new Digest();
        tables.forEach(table -> state.add(table.table(), table.rows(), table.hash()));
        catalog.sequences().forEach(each -> state.add(each.qualifiedName(), each.lastValue(), each.called()));
        return new CopyStamp(
                catalog.serverVersion() / VERSIONS_OF_A_MAJOR,
                schema.text(),
                tables.isEmpty() ? "" : state.text(),
                tables.stream().mapToLong(TableState::rows).sum(),
                takenMicros);
    }

    /** Whether both were taken of the same rows under the same schema, and show it. */
    public boolean isSameAs(CopyStamp other) {
        return isComparableTo(other) && catalog.equals(other.catalog) && state.equals(other.state);
    }

    /** Whether rows were read for it, under a schema that is that one still. */
    public boolean isOfSchema(Catalog now) {
        return !state.isEmpty() && catalog.equals(of(now, List.of(), 0).catalog);
    }

    /** Whether both can tell whether they are the same. */
    public boolean isComparableTo(CopyStamp other) {
        return major == other.major && !state.isEmpty() && !other.state.isEmpty();
    }

    private static final class Digest {
        private static final int SHOWN_BYTES = 16;

        private final MessageDigest digest;

        Digest() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-256", e);
            }
        }

        void add(@Nullable Object... parts) {
            for (@Nullable Object part : parts) {
                digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            digest.update((byte) 1);
        }

        String text() {
            return HexFormat.of().formatHex(digest.digest(), 0, SHOWN_BYTES);
        }
    }
}
