package dev.understudy.trace.entry;

/**
 * Where a request paused: its bytes from {@code requestOffset} on were read after {@code answerOffset} bytes of the
 * answer had been forwarded. The first segment has both offsets 0 and carries the exchange's own stamp; a further one
 * stands wherever answer bytes came between two reads, or the counter had moved.
 *
 * @param requestOffset offset into the request, in bytes
 * @param answerOffset bytes of the answer already forwarded, as they were on the wire (before any omission)
 * @param sentAfter the counter of completed exchanges when these bytes were read, before they were forwarded
 * @param nanos when they were read, on the agent's monotonic clock
 */
public record Segment(int requestOffset, long answerOffset, long sentAfter, long nanos) {}
