package dev.understudy.diff.report;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static dev.understudy.diff.kit.Tables.table;

import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Runs;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.TableState;
import io.netty.buffer.ByteBuf;

/** The runs of which goldens are kept. */
final class SampleReports {
    private static final int PRODUCTION_ORDERS = 16_400;
    private static final int COPY_ORDERS = 26_400;

    private SampleReports() {}

    /** A shop's migration that loses cents, truncates names and breaks a statement; with a control. */
    static Report noGo() {
        Runs run = Runs.of(shop(PRODUCTION_ORDERS, "total numeric", "note text"))
                .arm(
                        Arm.CONTROL,
                        shop(COPY_ORDERS, "total numeric", "note text"),
                        new TableState("public.orders", 50, "77", ""),
                        new TableState("public.log", 3, "5", ""))
                .arm(
                        Arm.CANDIDATE,
                        shop(COPY_ORDERS, "total int4", "remark text"),
                        new TableState("public.orders", 50, "78", ""),
                        new TableState("public.log", 3, "5", ""))
                .whole(
                        table("public.log", 3),
                        table("public.orders", 50)
                                .cells("total", "VALUE_NUMERIC_ROUNDED", "19.90 → 19", 5)
                                .cells("customer", "VALUE_TRUNCATED", "16 → 9 characters", 1));
        for (int i = 0; i < 40; i++) {
            run.add(order(i, "19.90", "Erika Mustermann", i % 10 == 0 ? "19" : "19.90", "Erika Mustermann"));
        }
        run.add(order(40, "5.00", "Erika Mustermann", "5.00", "Erika Mus"));
        ByteBuf noted =
                answer().columns(column("note", 25)).row("x").done("SELECT 1").ready();
        for (int i = 41; i < 45; i++) {
            run.add(exchange(query("SELECT note FROM orders WHERE id = " + i), noted)
                    .id(2, i)
                    .control(noted)
                    .candidate(answer().error("42703", "column \"note\" does not exist")
                            .ready())
                    .build());
        }
        run.add(exchange(query("SELECT note FROM orders"), noted)
                .id(2, 45)
                .ended(Disposition.TAINTED, "failed-earlier-in-transaction")
                .build());
        return run.warning("max-connections", "more than 100 sessions at once").report();
    }

    /** The same shop with an index and a column more. */
    static Report go() {
        Catalog migrated = Catalogs.catalog(COPY_ORDERS)
                .table("orders", "*id int4", "customer text", "total numeric", "note text", "currency text 'EUR'")
                .table("log", "*id int4", "at timestamptz")
                .index("orders_by_customer", "orders")
                .build();
        Runs run = Runs.of(shop(PRODUCTION_ORDERS, "total numeric", "note text"))
                .arm(
                        Arm.CONTROL,
                        shop(COPY_ORDERS, "total numeric", "note text"),
                        new TableState("public.orders", 50, "77", ""),
                        new TableState("public.log", 3, "5", ""))
                .arm(
                        Arm.CANDIDATE,
                        migrated,
                        new TableState("public.orders", 50, "79", ""),
                        new TableState("public.log", 3, "5", ""))
                .whole(table("public.log", 3), table("public.orders", 50));
        for (int i = 0; i < 40; i++) {
            run.add(order(i, "19.90", "Erika Mustermann", "19.90", "Erika Mustermann"));
        }
        return run.report();
    }

    /** A run that was killed, on a copy without any table. */
    static Report inconclusive() {
        Runs run = Runs.of(shop(PRODUCTION_ORDERS, "total numeric", "note text"))
                .arm(Arm.CANDIDATE, Catalogs.catalog(COPY_ORDERS).build());
        return run.add(order(0, "1", "a", "1", "a")).reportOfKilled();
    }

    /** More groups, longer statements and longer values than a page has room for. */
    static Report enormous() {
        Runs run = Runs.of(shop(PRODUCTION_ORDERS, "total numeric", "note text"))
                .arm(
                        Arm.CANDIDATE,
                        shop(COPY_ORDERS, "total numeric", "note text"),
                        new TableState("public.orders", 50, "77", ""));
        for (int i = 0; i < 2_000; i++) {
            String sql = "SELECT total, column_" + i + " FROM orders -- | `x` <b>\n" + ", some_column".repeat(200);
            run.add(exchange(query(sql), text("column_" + i, "before ".repeat(100)))
                    .id(1, i)
                    .candidate(text("column_" + i, "after|`<b>".repeat(100) + i))
                    .build());
        }
        return run.report(false);
    }

    private static ByteBuf text(String column, String value) {
        return answer().columns(column(column, 25)).row(value).done("SELECT 1").ready();
    }

    private static Catalog shop(int base, String total, String note) {
        return Catalogs.catalog(base)
                .table("orders", "*id int4", "customer text", total, note)
                .table("log", "*id int4", "at timestamptz")
                .build();
    }

    private static Outcome order(int id, String total, String customer, String newTotal, String newCustomer) {
        String sql = "SELECT id, customer, total FROM orders WHERE id = " + id + " AND region = 'north'";
        return exchange(query(sql), row(PRODUCTION_ORDERS, id, customer, total))
                .id(1, id)
                .control(row(COPY_ORDERS, id, customer, total))
                .candidate(row(COPY_ORDERS, id, newCustomer, newTotal))
                .build();
    }

    private static ByteBuf row(int table, int id, String customer, String total) {
        return answer().columns(
                        column("id", 23, table, 1), column("customer", 25, table, 2), column("total", 1700, table, 3))
                .row(Integer.toString(id), customer, total)
                .done("SELECT 1")
                .ready();
    }
}
