package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import java.util.List;

/**
 * What one exchange meant.
 *
 * @param steps the statements that ran, in order; the last one may carry the error that ended the exchange
 * @param errors every ErrorResponse, in order (an error in Parse, Bind or Describe has a step with that statement too)
 * @param notices every NoticeResponse, in order
 * @param status the transaction status of the last ReadyForQuery, UNKNOWN if there was none
 * @param statementsBefore statements that the exchange used and that the book knew before it, as they were then
 * @param portalsBefore portals that the exchange used and that the book knew before it, as they were then
 * @param changes what the exchange changed in the book, in order
 * @param copyIn whether the server entered COPY FROM STDIN
 * @param unexplained how many frames of the answer did not fit the request; 0 in a sound trace
 */
public record Interpretation(
        List<Step> steps,
        List<ServerMessage> errors,
        List<ServerMessage> notices,
        TransactionStatus status,
        List<PreparedStatement> statementsBefore,
        List<Portal> portalsBefore,
        List<BookChange> changes,
        boolean copyIn,
        int unexplained) {}
