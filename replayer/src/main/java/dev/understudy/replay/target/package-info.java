/**
 * The arms' servers: the only package that opens sockets. Everything in here runs on the one Vert.x context on which
 * its {@link dev.understudy.replay.target.ArmServer} was made, and on no other thread.
 */
@NullMarked
package dev.understudy.replay.target;

import org.jspecify.annotations.NullMarked;
