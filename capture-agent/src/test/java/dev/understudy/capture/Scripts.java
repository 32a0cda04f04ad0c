package dev.understudy.capture;

import static dev.understudy.pgwire.message.FrontendMessages.bind;
import static dev.understudy.pgwire.message.FrontendMessages.closeStatement;
import static dev.understudy.pgwire.message.FrontendMessages.copyData;
import static dev.understudy.pgwire.message.FrontendMessages.copyDone;
import static dev.understudy.pgwire.message.FrontendMessages.copyFail;
import static dev.understudy.pgwire.message.FrontendMessages.describePortal;
import static dev.understudy.pgwire.message.FrontendMessages.describeStatement;
import static dev.understudy.pgwire.message.FrontendMessages.execute;
import static dev.understudy.pgwire.message.FrontendMessages.flush;
import static dev.understudy.pgwire.message.FrontendMessages.parse;
import static dev.understudy.pgwire.message.FrontendMessages.query;
import static dev.understudy.pgwire.message.FrontendMessages.sync;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What clients do, by name: each ends where the server is ready again. */
final class Scripts {
    interface Script {
        void run(RawClient client) throws IOException;
    }

    private Scripts() {}

    static final String SETUP = "CREATE TABLE t (id int PRIMARY KEY, name text)";

    static Map<String, Script> all() {
        Map<String, Script> scripts = new LinkedHashMap<>();
        scripts.put("simple query", client -> client.query("SELECT 1, 'two'"));
        scripts.put("empty query", client -> client.query(""));
        scripts.put(
                "several statements",
                client -> client.query("INSERT INTO t VALUES (1, 'one'); SELECT * FROM t; UPDATE t SET name = 'eins'"));
        scripts.put("error", client -> client.query("SELECT 1/0"));
        scripts.put("error among several", client -> client.query("SELECT 1; SELECT 1/0; SELECT 2"));
        scripts.put("transaction", client -> {
            client.query("BEGIN");
            client.query("INSERT INTO t VALUES (2, 'two')");
            client.query("INSERT INTO t VALUES (2, 'again')");
            client.query("ROLLBACK");
        });
        scripts.put("parameter change", client -> client.query("SET TimeZone = 'Asia/Tokyo'"));
        scripts.put("notice", client -> client.query("DO $$BEGIN RAISE NOTICE 'hello'; END$$"));
        scripts.put(
                "extended",
                client -> client.send(out -> {
                            parse(out, "s", "SELECT $1::int + 1", List.of());
                            describeStatement(out, "s");
                            bind(out, "", "s", List.of(), List.of(text("41")), List.of());
                            describePortal(out, "");
                            execute(out, "", 0);
                            sync(out);
                        })
                        .await('Z', 1));
        scripts.put("flush", client -> {
            client.send(out -> {
                        parse(out, "f", "SELECT generate_series(1, 10)", List.of());
                        flush(out);
                    })
                    .await('1', 1);
            client.send(out -> {
                        bind(out, "p", "f", List.of(), List.of(), List.of());
                        execute(out, "p", 4);
                        flush(out);
                    })
                    .await('s', 1);
            client.send(out -> {
                        execute(out, "p", 0);
                        closeStatement(out, "f");
                        sync(out);
                    })
                    .await('Z', 1);
        });
        scripts.put(
                "pipeline with an error in the middle",
                client -> client.send(out -> {
                            statement(out, "INSERT INTO t VALUES (10, 'a')");
                            sync(out);
                            statement(out, "INSERT INTO t VALUES (10, 'b')");
                            statement(out, "INSERT INTO t VALUES (11, 'skipped')");
                            sync(out);
                            statement(out, "SELECT count(*) FROM t");
                            sync(out);
                            sync(out);
                            query(out, "SELECT 'and a simple one'");
                        })
                        .await('Z', 5));
        scripts.put(
                "query behind parse without sync",
                client -> client.send(out -> {
                            parse(out, "", "SELECT 1", List.of());
                            query(out, "SELECT 2");
                        })
                        .await('Z', 1));
        scripts.put("query skipped by an error before it", client -> {
            client.send(out -> {
                        parse(out, "", "SELEC", List.of());
                        query(out, "SELECT 2");
                    })
                    .await('E', 1);
            client.send(out -> sync(out)).await('Z', 1);
        });
        scripts.put("copy out", client -> client.query("COPY (SELECT generate_series(1, 1000)) TO STDOUT"));
        scripts.put("copy in", client -> copyIn(client, "20\tx\n", true));
        scripts.put("copy in that fails", client -> copyIn(client, "not a number\tx\n", true));
        scripts.put("copy in given up", client -> copyIn(client, "21\tx\n", false));
        scripts.put("copy in, extended, early sync", client -> {
            client.send(out -> {
                        statement(out, "COPY t FROM STDIN");
                        sync(out);
                    })
                    .await('G', 1);
            client.send(out -> {
                        copyData(out, text("30\tx\n"));
                        copyData(out, text("31\ty\n"));
                        copyDone(out);
                        sync(out);
                    })
                    .await('Z', 1);
        });
        scripts.put("copy in, extended, refused, both syncs answered", client -> {
            client.sendAtOnce(out -> {
                        statement(out, "COPY nowhere FROM STDIN");
                        sync(out);
                        copyFail(out, "no");
                        sync(out);
                    })
                    .await('Z', 2);
        });
        scripts.put("copy in, extended, fails on its data", client -> {
            client.send(out -> {
                        statement(out, "COPY t FROM STDIN");
                        sync(out);
                    })
                    .await('G', 1);
            client.send(out -> {
                        copyData(out, text("x\tx\n"));
                        copyDone(out);
                        sync(out);
                    })
                    .await('Z', 1);
        });
        scripts.put("wide rows", client -> client.query("SELECT repeat('x', 100000), generate_series(1, 20)"));
        scripts.put("long request", client -> client.query("SELECT length('" + "y".repeat(3_000_000) + "')"));
        return scripts;
    }

    private static void statement(ByteBuf out, String sql) {
        parse(out, "", sql, List.of());
        bind(out, "", "", List.of(), List.of(), List.of());
        execute(out, "", 0);
    }

    private static void copyIn(RawClient client, String line, boolean done) throws IOException {
        client.send(out -> query(out, "COPY t FROM STDIN")).await('G', 1);
        client.sendAtOnce(out -> {
                    copyData(out, text(line));
                    if (done) {
                        copyDone(out);
                    } else {
                        copyFail(out, "changed my mind");
                    }
                })
                .await('Z', 1);
    }

    static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
