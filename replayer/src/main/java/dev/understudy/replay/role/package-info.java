/** What keeps a session in its captured role where the login is another, mightier one. Pure. */
@NullMarked
package dev.understudy.replay.role;

import org.jspecify.annotations.NullMarked;
