/** What tests of the differ are written with: answers, catalogs and outcomes in a few words each. */
@NullMarked
package dev.understudy.diff.kit;

import org.jspecify.annotations.NullMarked;
