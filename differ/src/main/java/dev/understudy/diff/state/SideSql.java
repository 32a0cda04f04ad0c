package dev.understudy.diff.state;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.Identifiers;
import dev.understudy.trace.run.RowHash;
import java.util.List;
import java.util.StringJoiner;

/**
 * What is asked of one side about one table. A row has an id of type bigint, by which rows are put into buckets and
 * paired: the key itself where it is one integer, a hash of the key, or where there is no key the hash of the row.
 *
 * @param from the table as it stands after FROM
 * @param rowHash the hash of what is compared of a row
 * @param id the row's id
 * @param idColumn the key's column, if the id is the key itself, so that ids are ranges of an index; else empty
 * @param grouped whether rows of one hash come as one, with their number
 * @param unique whether no two rows have one id, as the server guarantees
 * @param key what is shown of the key
 * @param shown what is shown of the compared columns
 */
record SideSql(
        String from,
        String rowHash,
        String id,
        String idColumn,
        boolean grouped,
        boolean unique,
        List<String> key,
        List<String> shown) {
    /** The table without those that inherit from it, which are listed by themselves; with its partitions, which are not. */
    static String from(Catalog.Relation relation) {
        return (relation.kind() == 'r' ? "ONLY " : "") + withHeirs(relation);
    }

    /** The table with all that inherit from it, as partitioning was done before there were partitioned tables. */
    static String withHeirs(Catalog.Relation relation) {
        return Identifiers.quoted(relation.schema(), relation.name());
    }

    String rows() {
        return "SELECT count(*) FROM " + from;
    }

    String bounds() {
        return "SELECT min(" + idColumn + ")::int8, max(" + idColumn + ")::int8 FROM " + from;
    }

    /**
     * One scan of the whole table: bucket, rows, sum of hashes.
     *
     * @param large whether the server should share the scan among its workers. It would not by itself: it takes the
     *     buckets to be as many as the ids, too many to be counted in parts. Of a column of UNION ALL it knows nothing
     *     and takes 200 to be distinct; the branch without rows is gone from the plan, and costs nothing.
     */
    String buckets(Buckets buckets, boolean large) {
        String scan = "SELECT " + buckets.of(id) + " AS understudy_bucket, " + RowHash.summand(rowHash)
                + " AS understudy_hash FROM " + from;
        String none = large ? " UNION ALL SELECT 0::int8, 0::int8 FROM " + from + " WHERE false" : "";
        return "SELECT understudy_bucket, count(*), sum(understudy_hash) FROM (" + scan + none
                + ") AS understudy_rows GROUP BY 1";
    }

    /** Ids and hashes of the rows of some buckets, by id and hash. */
    String hashes(String condition) {
        String selected = "SELECT " + id + ", " + rowHash + (grouped ? ", count(*)" : "") + " FROM " + from
                + (condition.isEmpty() ? "" : " WHERE " + condition)
                + (grouped ? " GROUP BY 1, 2" : "") + " ORDER BY " + (unique ? "1" : "1, 2");
        return "COPY (" + selected + ") TO STDOUT";
    }

    /** Id and another hash of the rows with those ids, in the order of some expressions. */
    String contents(String hash, List<String> order, List<Long> ids) {
        StringJoiner by = new StringJoiner(", ", " ORDER BY ", "");
        order.forEach(by::add);
        by.add("1").add("2");
        return "SELECT " + id + ", " + hash + " FROM " + from + " WHERE " + among(ids) + by;
    }

    /** Id, key and columns of the rows with those ids, by id. */
    String rows(List<Long> ids) {
        String selected = String.join(", ", shown);
        return "SELECT " + id + ", " + (key.isEmpty() ? "" : String.join(", ", key) + ", ")
                + (selected.isEmpty() ? "NULL" : selected)
                + " FROM " + from + " WHERE " + among(ids) + " ORDER BY 1";
    }

    /** Id, a hash of the contents and columns of the rows with those ids, by that hash and then in an order. */
    String byContent(String hash, List<String> order, List<Long> ids) {
        StringJoiner selected = new StringJoiner(", ");
        shown.forEach(selected::add);
        StringJoiner orders = new StringJoiner(", ", "2, ", "");
        order.forEach(orders::add);
        return "SELECT " + id + ", " + hash + ", " + selected + " FROM " + from + " WHERE " + among(ids) + " ORDER BY "
                + orders.add("1");
    }

    private String among(List<Long> ids) {
        StringJoiner list =
                new StringJoiner(",", (idColumn.isEmpty() ? id : idColumn) + " IN (SELECT unnest('{", "}'::int8[]))");
        ids.forEach(each -> list.add(Long.toString(each)));
        return list.toString();
    }
}
