/**
 * PostgreSQL's lexical rules and what can be known from them alone: statement boundaries, fingerprints, a conservative
 * classification. Nothing here parses SQL or guesses.
 */
@NullMarked
package dev.understudy.pgwire.sql;

import org.jspecify.annotations.NullMarked;
