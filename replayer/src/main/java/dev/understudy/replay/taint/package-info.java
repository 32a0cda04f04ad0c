/** What can no longer be compared because the arms have gone apart: after failed and after raced writes. Pure. */
@NullMarked
package dev.understudy.replay.taint;

import org.jspecify.annotations.NullMarked;
