/** The transparent relay: the only package with Netty channels. */
@NullMarked
package dev.understudy.capture.proxy;

import org.jspecify.annotations.NullMarked;
