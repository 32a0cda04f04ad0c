package dev.understudy.replay.generated;

import dev.understudy.pgwire.value.Value;
import java.util.List;

/**
 * A place in a request where a recorded value of a domain stands.
 *
 * @param values the recorded value; an array's elements, NULL among them
 * @param start the first byte, counted from the request's first
 * @param end the byte behind it
 * @param sized whether the parameter's length stands in the four bytes before {@code start}
 * @param added whether it is what a new row gets
 */
record Use(Domain domain, List<Value> values, Form form, int start, int end, boolean sized, boolean added) {}
