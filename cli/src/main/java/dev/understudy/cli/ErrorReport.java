package dev.understudy.cli;

import dev.understudy.capture.CaptureException;
import dev.understudy.cli.config.InvalidFileException;
import dev.understudy.diff.DiffException;
import dev.understudy.lab.broker.BrokerUnavailable;
import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.failure.SafetyRefusal;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.trace.chunk.ChunkFormatException;
import java.nio.file.FileSystemException;
import java.util.Objects;

/**
 * What a failure looks like to a user: a line, perhaps a hint, and an exit code.
 *
 * @param message one or more lines, without a password in them
 * @param hint what to do; may be empty
 * @param exitCode of {@link ExitCode}
 */
record ErrorReport(String message, String hint, int exitCode) {
    static ErrorReport of(Throwable failure) {
        if (failure instanceof CommandException e) {
            return report(e, e.hint(), e.exitCode());
        }
        if (failure instanceof InvalidFileException || failure instanceof ReplayUsageError) {
            return report(failure, "", ExitCode.USAGE);
        }
        if (failure instanceof SafetyRefusal) {
            return report(failure, "", ExitCode.REFUSED);
        }
        if (failure instanceof ServiceUnreachable || failure instanceof BrokerUnavailable) {
            return report(failure, "", ExitCode.UNREACHABLE);
        }
        if (failure instanceof CaptureException e) {
            return report(
                    e,
                    "",
                    switch (e.category()) {
                        case INVALID, STORAGE -> ExitCode.USAGE;
                        case UNREACHABLE -> ExitCode.UNREACHABLE;
                    });
        }
        if (failure instanceof DiffException) {
            boolean source = failure instanceof DiffException.SourceUnavailable;
            return report(failure, "", source ? ExitCode.UNREACHABLE : ExitCode.USAGE);
        }
        if (failure instanceof ChunkFormatException) {
            return report(failure, "the trace was written by another version, or is damaged", ExitCode.USAGE);
        }
        if (failure instanceof FileSystemException e) {
            String reason = Objects.requireNonNullElse(
                    e.getReason(), e.getClass().getSimpleName().replace("Exception", ""));
            return new ErrorReport(e.getFile() + ": cannot be used: " + reason, "", ExitCode.USAGE);
        }
        return new ErrorReport(
                Masking.mask(failure.toString()),
                "this is a fault of Understudy's own; --verbose shows where",
                ExitCode.SOFTWARE);
    }

    private static ErrorReport report(Throwable failure, String hint, int exitCode) {
        return new ErrorReport(
                Masking.mask(Objects.requireNonNullElse(failure.getMessage(), failure.toString())), hint, exitCode);
    }
}
