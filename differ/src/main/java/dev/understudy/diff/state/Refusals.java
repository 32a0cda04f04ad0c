package dev.understudy.diff.state;

/** Why a server did not let a table be compared, for people. */
final class Refusals {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String NOT_IN_PREREQUISITE_STATE = "55000";
    private static final String QUERY_CANCELED = "57014";

    private Refusals() {}

    static String note(SideException e, Deadline deadline) {
        String why = switch (e.state()) {
            case INSUFFICIENT_PRIVILEGE -> "may not be read";
            case UNDEFINED_TABLE -> "the table is gone";
            case LOCK_NOT_AVAILABLE -> "locked by someone else";
            case NOT_IN_PREREQUISITE_STATE -> "not in a state to be read";
            case QUERY_CANCELED -> deadline.isOver() ? deadline.note() : "cancelled by someone else";
            default -> "could not be read, SQLSTATE " + e.state();
        };
        return why + ": " + e.getMessage();
    }
}
