package dev.understudy.replay.schedule;

import java.util.List;

/** Tells what work may touch, on any arm. What it leaves out is taken to be proven not to matter. */
@FunctionalInterface
public interface Footprints {
    /**
     * What the statements of an exchange touch, less what earlier ones of its transaction did. Asked once for every
     * exchange, each session's in their order.
     */
    List<Touch> of(Work.Run run);
}
