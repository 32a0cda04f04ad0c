package dev.understudy.lab.shop;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The shop's applications at work, side by side, each on its own connection. */
public final class ShopTraffic {
    private ShopTraffic() {}

    /**
     * What was done.
     *
     * @param clients how many applications
     * @param statements how many statements they ran
     * @param errors how many of them failed, as they were meant to
     */
    public record Summary(int clients, long statements, long errors) {}

    /**
     * Runs the traffic to its end.
     *
     * @param host where the applications connect
     * @param port where the applications connect
     * @param database the shop's database
     * @param seed the same seed gives the same statements of each application
     * @param rounds how long: a round is about 25 statements
     * @throws SQLException if a statement fails that is not meant to
     */
    public static Summary run(String host, int port, String database, long seed, int rounds)
            throws SQLException, IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        List<ShopClient> clients = List.of(
                new WebClient(random.split()),
                new BillingClient(random.split()),
                new SupportClient(random.split()),
                new ReportClient(random.split()),
                new ImportClient(random.split()));
        String url = "jdbc:postgresql://" + host + ":" + port + "/" + database + "?sslmode=disable";
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (ShopClient client : clients) {
                running.add(threads.submit(() -> {
                    work(client, url, rounds);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                await(one);
            }
        } finally {
            threads.shutdownNow();
        }
        return new Summary(
                clients.size(),
                clients.stream().mapToLong(ShopClient::statements).sum(),
                clients.stream().mapToLong(ShopClient::errors).sum());
    }

    private static void work(ShopClient client, String url, int rounds) throws SQLException, IOException {
        String own =
                url + "&user=" + client.role() + "&ApplicationName=" + client.application() + client.urlParameters();
        try (Connection connection = DriverManager.getConnection(own)) {
            for (int i = 0; i < rounds * client.worksPerRound(); i++) {
                client.work(connection);
            }
        }
    }

    private static void await(Future<?> running) throws SQLException, IOException, InterruptedException {
        try {
            running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
