package dev.understudy.replay.generated;

import dev.understudy.pgwire.value.Value;

/**
 * A value of a domain in a recorded answer.
 *
 * @param typeOid its type
 * @param format its format
 * @param result in which result of the answer it stands, from 0
 * @param row in which row of it, from 0
 * @param index in which column, from 0
 * @param drawn whether this very statement drew it, or tells what the session has drawn
 */
record Brought(Domain domain, Value value, int typeOid, int format, int result, int row, int index, boolean drawn) {}
