@org.jspecify.annotations.NullMarked
package dev.understudy.capture.proxy;
