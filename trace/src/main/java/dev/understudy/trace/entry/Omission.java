package dev.understudy.trace.entry;

import io.netty.buffer.ByteBuf;

/**
 * DataRow or CopyData frames of one result that were left out of a recorded answer because it exceeded
 * {@code max-result}. The head of the result stands in the answer before {@code answerOffset}.
 *
 * @param answerOffset where in the recorded answer the frames are missing, in bytes
 * @param frames how many frames were left out
 * @param bytes how many bytes they had, headers included
 * @param totalFrames how many frames the whole result had, its recorded head included
 * @param orderedDigest over the whole result: SHA-256 over the concatenated 16-byte frame hashes, first 16 bytes
 * @param unorderedDigest over the whole result: the sum, modulo 2^128, of the frame hashes; a frame's hash is the first
 *     16 bytes of SHA-256 over its body
 */
public record Omission(
        int answerOffset, long frames, long bytes, long totalFrames, ByteBuf orderedDigest, ByteBuf unorderedDigest) {}
