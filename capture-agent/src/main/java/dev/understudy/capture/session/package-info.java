/** Where one exchange ends and the next begins: pure, events in and decisions out. */
@NullMarked
package dev.understudy.capture.session;

import org.jspecify.annotations.NullMarked;
