package dev.understudy.cli.target;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a target takes its defaults from.
 *
 * @param environment the environment variables
 * @param home the user's home
 * @param osUser the user's name
 */
public record Surroundings(Map<String, String> environment, Path home, String osUser) {
    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("user.name"));
    }
}
