package dev.understudy.replay.schedule;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a recorded request what one arm is sent, where that arm cannot be sent the very bytes: one of the few
 * exceptions from replaying raw frames. Pure; called by the director's thread, in the order in which requests are sent.
 */
public interface RequestRewrite {
    /**
     * What an arm is sent.
     *
     * @param run the exchange
     * @param arm the arm's index
     * @param request whole frames; borrowed, never changed
     * @return {@code request} itself where nothing is rewritten, else a new unpooled heap buffer with whole frames that
     *     are answered by as many messages of the same types
     */
    ByteBuf forArm(Work.Run run, int arm, ByteBuf request);

    /**
     * The same for what brings a session to the state that a snapshot describes.
     *
     * @return {@code request} itself where nothing is rewritten
     */
    default ByteBuf ofState(SessionInfo session, int arm, ByteBuf request) {
        return request;
    }

    /**
     * An arm has answered what {@link #forArm} gave out; nothing that waits for this has been sent.
     *
     * @param answer the arm's frames, the recorded ones where they are the same; borrowed
     */
    default void answered(Work.Run run, int arm, ByteBuf answer) {}

    /**
     * What an arm's answer means, where the arm can't be made to give production's: called before {@link #answered}, only
     * for what is not the recorded answer.
     *
     * @param answer the arm's whole frames; borrowed, never changed
     * @return a new unpooled heap buffer; null where the answer means what it says
     */
    default @Nullable ByteBuf read(Work.Run run, int arm, ByteBuf answer) {
        return null;
    }

    /** Nothing more is sent for a session. */
    default void sessionOver(long session) {}
}
