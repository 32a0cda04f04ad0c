package dev.understudy.cli;

/** Says how a command failed: a line, a hint where there is one, the stack trace where it was asked for. */
record ErrorPrinter(Context context, boolean verbose) {
    /** Prints it and returns the exit code. */
    int print(String command, Throwable failure) {
        ErrorReport report = ErrorReport.of(failure);
        context.out().flush();
        if (context.ending().getAsBoolean()) {
            return report.exitCode();
        }
        context.say(command + ": error: " + report.message());
        if (!report.hint().isEmpty()) {
            context.say("hint: " + report.hint());
        }
        if (verbose) {
            failure.printStackTrace(context.err());
        }
        context.err().flush();
        return report.exitCode();
    }
}
