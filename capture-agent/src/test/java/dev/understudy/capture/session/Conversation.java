package dev.understudy.capture.session;

import dev.understudy.capture.session.ModelServer.Message;
import dev.understudy.capture.session.ModelServer.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A model client and a model server with bodies to their messages, seen from a proxy between them that reads in pieces
 * cut anywhere. Remembers which bytes belong to which exchange, by a tracker that saw every message whole.
 */
public final class Conversation {
    private final Random random;
    private final ModelClient client;
    private final ModelServer server;
    private final ExchangeTracker tracker = new ExchangeTracker();

    private final ByteBuf fromClient = Unpooled.buffer();
    private final ByteBuf fromServer = Unpooled.buffer();
    /** Where messages from the client end in its stream, with the message; the server gets them when read whole. */
    private final List<Message> inPassage = new ArrayList<>();

    private final List<Integer> ends = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private final List<Integer> replyEnds = new ArrayList<>();
    /** How many messages the proxy has seen begin, and how many the server has taken. */
    private int known;

    private int served;
    /** The exchange of the last message that the proxy has seen begin. */
    private long lastOrdinal = -1;
    /** How many replies the proxy has seen begin, and how many end. */
    private int seen;

    private int answered;
    private final Map<Long, StringBuilder> requests = new HashMap<>();
    private final Map<Long, StringBuilder> answers = new HashMap<>();

    public Conversation(Random random) {
        this.random = random;
        this.client = new ModelClient(random, 1 + random.nextInt(6));
        this.server = new ModelServer(random);
    }

    /** What a server answers to a startup message. */
    public static ByteBuf startupAnswer(int pid) {
        ByteBuf answer = Unpooled.buffer();
        answer.writeByte('R').writeInt(8).writeInt(0);
        answer.writeByte('K').writeInt(12).writeInt(pid).writeInt(42);
        return answer.writeByte('Z').writeInt(5).writeByte('I');
    }

    /** The next piece of what the client sends; empty if there is none now. */
    public ByteBuf clientRead() {
        for (int i = random.nextInt(4); i > 0; i--) {
            Message message = client.next();
            if (message != null) {
                inPassage.add(message);
                fromClient.writeBytes(frame(message.type()));
                ends.add(fromClient.writerIndex());
            }
        }
        ByteBuf piece = fromClient.readSlice(random.nextInt(fromClient.readableBytes() + 1));
        tellTracker();
        return piece;
    }

    /** Messages whose first byte has been read are known to the proxy; those read whole reach the server. */
    private void tellTracker() {
        int start = known == 0 ? 0 : ends.get(known - 1);
        while (known < ends.size() && start < fromClient.readerIndex()) {
            ClientVerdict verdict = tracker.client((byte) inPassage.get(known).type());
            long ordinal = verdict == ClientVerdict.EXCHANGE ? tracker.clientOrdinal() : -1;
            lastOrdinal = ordinal;
            requests.computeIfAbsent(ordinal, absent -> new StringBuilder())
                    .append(ByteBufUtil.hexDump(fromClient, start, ends.get(known) - start));
            start = ends.get(known);
            known++;
        }
    }

    /** The server takes what has reached it. */
    public void serverWorks() {
        while (served < ends.size() && ends.get(served) <= fromClient.readerIndex()) {
            server.process(inPassage.get(served++));
        }
        for (Reply reply = server.replies().poll();
                reply != null;
                reply = server.replies().poll()) {
            replies.add(reply);
            fromServer.writeBytes(frame(reply.type()));
            replyEnds.add(fromServer.writerIndex());
        }
    }

    /** The next piece of what the server sends; empty if there is none now. */
    public ByteBuf serverRead() {
        ByteBuf piece = fromServer.readSlice(random.nextInt(fromServer.readableBytes() + 1));
        int start = seen == 0 ? 0 : replyEnds.get(seen - 1);
        while (answered < replies.size()) {
            boolean begun = start < fromServer.readerIndex();
            boolean whole = replyEnds.get(answered) <= fromServer.readerIndex();
            if (seen == answered && begun) {
                ServerVerdict verdict = tracker.server((byte) replies.get(seen).type());
                long ordinal = verdict == ServerVerdict.EXCHANGE ? tracker.serverOrdinal() : -1;
                answers.computeIfAbsent(ordinal, absent -> new StringBuilder())
                        .append(ByteBufUtil.hexDump(fromServer, start, replyEnds.get(seen) - start));
                start = replyEnds.get(seen);
                seen++;
            }
            if (seen == answered || !whole) {
                break;
            }
            Reply reply = replies.get(answered++);
            if (reply.type() == 'Z' && tracker.ready() == ReadyVerdict.ENDS_EXCHANGE) {
                dropFrameUnderWay(tracker.serverOrdinal());
            }
            client.sees(reply);
        }
        return piece;
    }

    /** Of the request of an exchange that is over, a frame that has not been read whole is worth nothing. */
    private void dropFrameUnderWay(long ordinal) {
        if (lastOrdinal == ordinal && ends.get(known - 1) > fromClient.readerIndex()) {
            int length = ends.get(known - 1) - (known == 1 ? 0 : ends.get(known - 2));
            StringBuilder request = requests.get(ordinal);
            request.setLength(request.length() - 2 * length);
        }
    }

    private byte[] frame(char type) {
        int length = type == 'Z' ? 1 : random.nextInt(10) == 0 ? random.nextInt(5000) : random.nextInt(20);
        byte[] frame = new byte[5 + length];
        random.nextBytes(frame);
        Unpooled.wrappedBuffer(frame).setByte(0, type).setInt(1, length + 4);
        if (type == 'Z') {
            frame[5] = 'I';
        }
        return frame;
    }

    /** Whether the client has said goodbye and been heard. */
    public boolean isOver() {
        return server.isEnded() && !fromServer.isReadable();
    }

    /** The bytes of an exchange's request, in hexadecimal. */
    public String request(long ordinal) {
        return String.valueOf(requests.getOrDefault(ordinal, new StringBuilder()));
    }

    /** The bytes of an exchange's answer, in hexadecimal. */
    public String answer(long ordinal) {
        return String.valueOf(answers.getOrDefault(ordinal, new StringBuilder()));
    }
}
