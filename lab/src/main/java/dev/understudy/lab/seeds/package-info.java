/**
 * Random schemas, workloads, migrations and one planted fault, drawn from a fixed grammar by a seed; and what is true of
 * them, told by sorted COPYs and catalog queries of its own. Shares no code with what it is to judge.
 */
@NullMarked
package dev.understudy.lab.seeds;

import org.jspecify.annotations.NullMarked;
