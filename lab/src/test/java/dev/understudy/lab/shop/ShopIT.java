package dev.understudy.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.LabServers;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShopIT {
    /** As text, since enums hash by an OID that each database has its own of. */
    private static final String STATE = Stream.of(
                    "customers", "products", "orders", "order_items", "payments", "deliveries")
            .map(table -> "(SELECT concat(count(*), '/', sum(hashtextextended(t::text, 0))) FROM " + table + " t)")
            .collect(Collectors.joining(", ' ', ", "SELECT concat(", ")"));

    private final EmbeddedDatabase server = LabServers.postgres();

    @Test
    void theSameSeedGivesTheSameStateWhateverTheInterleaving() throws Exception {
        String one = shop(7);
        String two = shop(7);
        String other = shop(8);
        assertThat(state(one)).isEqualTo(state(two)).isNotEqualTo(state(other));

        ShopTraffic.Summary summary = ShopTraffic.run("127.0.0.1", server.port(), one, 7, 20);
        assertThat(ShopTraffic.run("127.0.0.1", server.port(), two, 7, 20)).isEqualTo(summary);

        assertThat(state(one)).isEqualTo(state(two));
        assertThat(summary.clients()).isEqualTo(5);
        assertThat(summary.statements()).isGreaterThan(400);
        assertThat(summary.errors()).isGreaterThan(5);
    }

    @Test
    void theMigrationTakesACentOffSomeTotalsAndTheFixedOneOffNone() throws Exception {
        String before = shop(42);
        String wrong = LabServers.uniqueName("migrated");
        String right = LabServers.uniqueName("migrated");
        server.copyDatabase(before, wrong);
        server.copyDatabase(before, right);

        server.execute(wrong, Shop.migration());
        server.execute(right, Shop.fixedMigration());

        Shop.Damage damage = damage(before, wrong);
        assertThat(damage.orders()).isEqualTo(3000);
        assertThat((double) damage.wrong() / damage.orders()).isBetween(0.01, 0.10);
        assertThat(damage(before, right).wrong()).isZero();
        // Today's application goes on working on both.
        ShopTraffic.run("127.0.0.1", server.port(), wrong, 1, 2);
        ShopTraffic.run("127.0.0.1", server.port(), right, 1, 2);
    }

    private String shop(long seed) throws Exception {
        String database = LabServers.freshDatabase();
        try (Connection connection = server.connect(database)) {
            Shop.create(connection, seed);
        }
        return database;
    }

    private Shop.Damage damage(String before, String after) throws SQLException {
        try (Connection one = server.connect(before);
                Connection other = server.connect(after)) {
            return Shop.damage(one, other);
        }
    }

    private String state(String database) throws SQLException {
        try (Connection connection = server.connect(database);
                ResultSet row = connection.createStatement().executeQuery(STATE)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
