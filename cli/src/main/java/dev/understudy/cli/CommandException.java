package dev.understudy.cli;

import org.jspecify.annotations.Nullable;

/** A command ends with a message and an exit code of {@link ExitCode}. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String hint;

    private CommandException(int exitCode, String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    /** What was asked for makes no sense; the message says what was expected. */
    public static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message, "", null);
    }

    /** What was asked for makes no sense; the hint says what to do. */
    public static CommandException usage(String message, String hint) {
        return new CommandException(ExitCode.USAGE, message, hint, null);
    }

    /** A service does not answer. */
    public static CommandException unreachable(String message, String hint, @Nullable Throwable cause) {
        return new CommandException(ExitCode.UNREACHABLE, message, hint, cause);
    }

    /** The command's exit code. */
    public int exitCode() {
        return exitCode;
    }

    /** What to do about it; may be empty. */
    public String hint() {
        return hint;
    }
}
