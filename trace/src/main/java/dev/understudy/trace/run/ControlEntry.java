package dev.understudy.trace.run;

/** What a run's control topic holds. */
public sealed interface ControlEntry permits RunStart, RunEnd, StateComparison, ViewOrigins, CopyStamps {}
