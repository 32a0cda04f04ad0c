package dev.understudy.cli.command;

import dev.understudy.cli.CommandException;
import dev.understudy.trace.TopicNames;

/** Checks the names of captures and runs before anything is started. */
final class Names {
    private Names() {}

    /**
     * The name itself.
     *
     * @throws CommandException if it cannot be one
     */
    static String check(String flag, String name) {
        if (!TopicNames.NAME.matcher(name).matches()) {
            throw CommandException.usage("--" + flag + "=" + name
                    + ": expected letters, digits, '.', '_' or '-', at most 100, first a letter or digit");
        }
        return name;
    }
}
