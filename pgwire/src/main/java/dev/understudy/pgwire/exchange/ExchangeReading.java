package dev.understudy.pgwire.exchange;

import static dev.understudy.pgwire.exchange.AnswerFrames.END;

import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.BodyReader;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.ParameterDescription;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an exchange: for each message of the request, the frames with which the server answers it. Follows the
 * server's main loop (postgres.c): after an error in the extended protocol everything up to the next Sync is skipped.
 */
final class ExchangeReading {
    private static final String FUNCTION_CALL = "FUNCTION CALL";

    private final RequestFrames request;
    private final AnswerFrames answer;
    private final BookKeeping books;
    private final Answered answered = new Answered();
    private final ResultReading results;
    private boolean skipping;
    private boolean ended;

    ExchangeReading(RequestFrames request, AnswerFrames answer, BookKeeping books) {
        this.request = request;
        this.answer = answer;
        this.books = books;
        this.results = new ResultReading(request, answer, answered);
    }

    Interpretation read() {
        while (!ended && request.isPresent()) {
            byte type = request.type();
            ByteBuf body = request.body();
            request.step();
            if (type == FrontendType.SYNC) {
                skipping = false;
                ready();
            } else if (!skipping) {
                message(type, body);
            }
        }
        rest();
        return answered.interpretation(books, answer);
    }

    private void message(byte type, ByteBuf body) {
        FrontendMessage message;
        try {
            message = FrontendMessage.decode(type, body);
        } catch (ProtocolException e) {
            expect("E", StepBuilder.extended("", List.of(), null));
            return;
        }
        if (message instanceof FrontendMessage.Query query) {
            if (new SimpleQueryReading(query.sql(), results, answer, books, answered).read()) {
                ready();
            } else {
                ended = true;
            }
        } else if (message instanceof FrontendMessage.Parse parse) {
            parse(parse);
        } else if (message instanceof FrontendMessage.Bind bind) {
            bind(bind);
        } else if (message instanceof FrontendMessage.Describe describe) {
            describe(describe);
        } else if (message instanceof FrontendMessage.Execute execute) {
            execute(execute.portal());
        } else if (message instanceof FrontendMessage.Close close) {
            close(close);
        } else if (message instanceof FrontendMessage.FunctionCall call) {
            functionCall(call);
        }
    }

    private void parse(FrontendMessage.Parse parse) {
        if (parse.name().isEmpty()) {
            books.closeStatement("");
        }
        if (expect("1E", StepBuilder.extended(parse.sql(), List.of(), null)) == BackendType.PARSE_COMPLETE) {
            answer.drop();
            books.parsed(new PreparedStatement(parse.name(), parse.sql(), parse.types(), null));
        }
    }

    private void bind(FrontendMessage.Bind bind) {
        PreparedStatement statement = books.use(bind.statement());
        if (bind.portal().isEmpty()) {
            books.closePortal("");
        }
        if (answer.seek("2E") == BackendType.BIND_COMPLETE) {
            answer.drop();
            try {
                books.bound(bind.portal(), statement, bind.body());
            } catch (ProtocolException e) {
                answer.countUnexplained();
            }
        } else {
            expect("2E", StepBuilder.extended(statement.sql(), parametersOf(bind, statement), null));
        }
    }

    private static List<Parameter> parametersOf(FrontendMessage.Bind bind, PreparedStatement statement) {
        try {
            return BindBody.parameters(bind.body(), statement.parameterTypes());
        } catch (ProtocolException e) {
            return List.of(); // the server refuses it, and its error says so
        }
    }

    private void describe(FrontendMessage.Describe describe) {
        if (describe.ofStatement()) {
            describeStatement(books.use(describe.name()));
        } else {
            Portal portal = books.usePortal(describe.name());
            int type = expect("TnE", executing(portal));
            RowDescription rows = rows(type, portal == null ? null : portal.statement());
            if (portal != null && (type == BackendType.ROW_DESCRIPTION || type == BackendType.NO_DATA)) {
                books.described(portal, rows);
            }
        }
    }

    private void describeStatement(PreparedStatement statement) {
        if (expect("tE", StepBuilder.extended(statement.sql(), List.of(), null)) != BackendType.PARAMETER_DESCRIPTION) {
            return;
        }
        List<Integer> types = statement.parameterTypes();
        try {
            types = ParameterDescription.decode(answer.take()).typeOids();
        } catch (ProtocolException e) {
            answer.countUnexplained();
        }
        int type = expect("TnE", StepBuilder.extended(statement.sql(), List.of(), null));
        RowDescription rows = rows(type, statement);
        if (type == BackendType.ROW_DESCRIPTION || type == BackendType.NO_DATA) {
            books.described(statement, types, rows);
        }
    }

    /** Consumes a RowDescription or NoData. */
    private @Nullable RowDescription rows(int type, @Nullable PreparedStatement statement) {
        if (type == BackendType.ROW_DESCRIPTION) {
            try {
                ByteBuf body = answer.take();
                return statement == null ? RowDescription.decode(body) : books.read(statement.name(), body);
            } catch (ProtocolException e) {
                answer.countUnexplained();
                return null;
            }
        }
        if (type == BackendType.NO_DATA) {
            answer.drop();
        }
        return null;
    }

    private void execute(String portalName) {
        StepBuilder step = executing(books.usePortal(portalName));
        switch (results.execute(step)) {
            case BackendType.COMMAND_COMPLETE -> {
                String tag = answer.commandTag();
                SqlEffects.noteExecute(step.sql(), books);
                SqlEffects.apply(tag, step.sql(), books);
                answered.step(step.completed(tag));
            }
            case BackendType.EMPTY_QUERY_RESPONSE -> {
                answer.drop();
                answered.step(step.completed(""));
            }
            case BackendType.PORTAL_SUSPENDED -> {
                answer.drop();
                answered.step(step.suspended());
            }
            case BackendType.ERROR_RESPONSE -> failed(step);
            case END -> {
                answered.step(step.unfinished());
                ended = true;
            }
            default -> unanswered();
        }
    }

    private StepBuilder executing(@Nullable Portal portal) {
        return portal == null
                ? StepBuilder.extended("", List.of(), null)
                : StepBuilder.extended(portal.statement().sql(), portal.parameters(), books.rowsOf(portal));
    }

    private void close(FrontendMessage.Close close) {
        if (expect("3E", StepBuilder.extended("", List.of(), null)) != BackendType.CLOSE_COMPLETE) {
            return;
        }
        answer.drop();
        if (close.ofStatement()) {
            books.closeStatement(close.name());
        } else {
            books.closePortal(close.name());
        }
    }

    /** The function's result stands in the step as its COPY data would: its one value is no row. */
    private void functionCall(FrontendMessage.FunctionCall call) {
        String sql = FUNCTION_CALL + " " + Integer.toUnsignedString(call.functionOid());
        List<Parameter> arguments = List.of();
        BodyReader reader = new BodyReader(call.body(), FUNCTION_CALL);
        reader.int32();
        try {
            arguments = BindBody.parameters(reader, List.of());
        } catch (ProtocolException e) {
            // the server refuses it, and its error says so
            arguments = List.of();
        }
        StepBuilder step = StepBuilder.extended(sql, arguments, null);
        int type = answer.seek("VE");
        if (type == BackendType.FUNCTION_CALL_RESPONSE) {
            step.copyData(answer.take());
            answered.step(step.completed(FUNCTION_CALL));
        } else if (type == BackendType.ERROR_RESPONSE) {
            ServerMessage error = answered.error(answer.take());
            answered.step(step.failed(error));
        } else if (type == END) {
            answered.step(step.unfinished());
        }
        ready();
    }

    /**
     * Seeks what answers a message of the extended protocol. An error is consumed: it ends the step and starts the
     * skipping.
     *
     * @param fitting the types, ErrorResponse among them
     * @return the type found, not consumed, if it is one of {@code fitting}
     */
    private int expect(String fitting, StepBuilder onError) {
        int type = answer.seek(fitting);
        switch (type) {
            case BackendType.ERROR_RESPONSE -> failed(onError);
            case BackendType.READY_FOR_QUERY -> unanswered();
            case END -> ended = true;
            default -> {}
        }
        return type;
    }

    private void failed(StepBuilder step) {
        ServerMessage error = answered.error(answer.take());
        answered.step(step.failed(error));
        skipping = true;
    }

    /** The server was ready again without an answer to this message: it does not belong to this request. */
    private void unanswered() {
        answer.countUnexplained();
        skipping = true;
    }

    /** Consumes ReadyForQuery; the commit that comes before it can fail (a deferred constraint). */
    private void ready() {
        for (; ; ) {
            switch (answer.seek("E")) {
                case BackendType.ERROR_RESPONSE -> {
                    ServerMessage error = answered.error(answer.take());
                    answered.step(StepBuilder.extended("", List.of(), null).failed(error));
                }
                case END -> {
                    ended = true;
                    return;
                }
                default -> {
                    takeReady();
                    return;
                }
            }
        }
    }

    private void takeReady() {
        try {
            answered.ready(answer.take());
        } catch (ProtocolException e) {
            answer.countUnexplained();
        }
        if (answered.status() == TransactionStatus.IDLE) {
            books.closeAllPortals();
        }
    }

    /** What is left when every message has its answer: nothing, or why the connection ends. */
    private void rest() {
        while (answer.peek() != END) {
            if (answer.peek() == BackendType.READY_FOR_QUERY) {
                if (!request.claimSyncInsideCopy()) {
                    answer.countUnexplained();
                }
                takeReady();
            } else if (answer.peek() == BackendType.ERROR_RESPONSE) {
                ServerMessage error = answered.error(answer.take());
                answered.step(StepBuilder.extended("", List.of(), null).failed(error));
                if (!error.isFatal()) {
                    answer.countUnexplained();
                }
            } else {
                answer.unexplained();
            }
        }
    }
}
