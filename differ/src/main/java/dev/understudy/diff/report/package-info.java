/** The report and its views. Pure. */
@NullMarked
package dev.understudy.diff.report;

import org.jspecify.annotations.NullMarked;
