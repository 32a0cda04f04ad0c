package dev.understudy.capture.recorder;

import java.util.UUID;

/** Whose chunks a lane's are: what stands in every chunk's header. */
public record LaneIdentity(UUID agent, int epoch, int lane, int lanes) {}
