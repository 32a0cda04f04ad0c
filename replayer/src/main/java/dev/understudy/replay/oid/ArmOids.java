package dev.understudy.replay.oid;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.FrontendType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates one session's requests for one arm. Only statements with a parameter that may carry OIDs are remembered, so
 * that a session without such statements costs a look at its Parse messages.
 */
final class ArmOids {
    private final OidMap map;
    private final TypeStructures types;
    /** By statement, production's OIDs of its parameters. */
    private final Map<String, int[]> carriers = new HashMap<>();

    private ByteBuf request = Unpooled.EMPTY_BUFFER;
    private @Nullable ByteBuf rewritten;
    private int describes;

    ArmOids(OidMap map, TypeStructures types) {
        this.map = map;
        this.types = types;
    }

    /**
     * A copy of the request as the arm has its OIDs; null where no OID in it is another there.
     *
     * @param answer production's answer, which tells the types that its server chose
     */
    @Nullable ByteBuf translated(ByteBuf recorded, ByteBuf answer) {
        request = recorded;
        rewritten = null;
        describes = 0;
        for (FrameCursor frame = new FrameCursor(recorded); frame.next(); ) {
            int body = frame.end() - frame.bodyLength();
            switch (frame.type()) {
                case FrontendType.PARSE -> parse(body, frame.end());
                case FrontendType.BIND -> bind(body, frame.end());
                case FrontendType.DESCRIBE -> describe(body, frame.end(), answer);
                case FrontendType.FUNCTION_CALL -> functionCall(body, frame.end());
                default -> {
                    // no OIDs
                }
            }
        }
        ByteBuf translated = rewritten;
        request = Unpooled.EMPTY_BUFFER;
        rewritten = null;
        return translated;
    }

    private void parse(int body, int end) {
        int nameEnd = zero(body, end);
        int sqlEnd = nameEnd < 0 ? -1 : zero(nameEnd + 1, end);
        if (sqlEnd < 0 || end - sqlEnd < 3) {
            return;
        }
        int count = Math.min(request.getUnsignedShort(sqlEnd + 1), (end - sqlEnd - 3) / 4);
        boolean carries = false;
        for (int i = 0; i < count; i++) {
            int at = sqlEnd + 3 + 4 * i;
            int type = request.getInt(at);
            carries |= types.carriesOids(type);
            type(at, type);
        }
        if (carries) {
            int[] parameters = new int[count];
            for (int i = 0; i < count; i++) {
                parameters[i] = request.getInt(sqlEnd + 3 + 4 * i);
            }
            carriers.put(text(body, nameEnd), parameters);
        } else if (!carriers.isEmpty()) {
            carriers.remove(text(body, nameEnd));
        }
    }

    private void describe(int body, int end, ByteBuf answer) {
        if (end - body < 2 || request.getByte(body) != 'S') {
            return;
        }
        int[] parameters = described(answer, describes++);
        int nameEnd = zero(body + 1, end);
        if (parameters != null && nameEnd >= 0 && carries(parameters)) {
            carriers.put(text(body + 1, nameEnd), parameters);
        }
    }

    private boolean carries(int[] parameters) {
        for (int type : parameters) {
            if (types.carriesOids(type)) {
                return true;
            }
        }
        return false;
    }

    /** The types in the answer's {@code n}-th ParameterDescription, from 0. */
    private static int @Nullable [] described(ByteBuf answer, int n) {
        int left = n;
        for (FrameCursor frame = new FrameCursor(answer); frame.next(); ) {
            if (frame.type() == BackendType.PARAMETER_DESCRIPTION && left-- == 0) {
                ByteBuf body = frame.body();
                int[] parameters = new int[body.readUnsignedShort()];
                for (int i = 0; i < parameters.length; i++) {
                    parameters[i] = body.readInt();
                }
                return parameters;
            }
        }
        return null;
    }

    private void bind(int body, int end) {
        if (carriers.isEmpty()) {
            return;
        }
        int portalEnd = zero(body, end);
        int nameEnd = portalEnd < 0 ? -1 : zero(portalEnd + 1, end);
        int[] parameters = nameEnd < 0 ? null : carriers.get(text(portalEnd + 1, nameEnd));
        if (parameters != null) {
            values(nameEnd + 1, end, parameters);
        }
    }

    private void values(int from, int end, int[] parameters) {
        if (end - from < 4) {
            return;
        }
        int formats = request.getUnsignedShort(from);
        int at = from + 2 + 2 * formats;
        if (end - at < 2) {
            return;
        }
        int count = request.getUnsignedShort(at);
        at += 2;
        for (int i = 0; i < count && end - at >= 4; i++) {
            int length = request.getInt(at);
            at += 4;
            if (length > end - at) {
                return;
            }
            boolean binary =
                    formats > 0 && request.getShort(from + 2 + 2 * (formats == 1 ? 0 : Math.min(i, formats - 1))) == 1;
            if (length > 0 && binary && i < parameters.length && types.carriesOids(parameters[i])) {
                new BinaryValue(types, request, this::type).walk(at, at + length, parameters[i]);
            }
            at += Math.max(0, length);
        }
    }

    private void functionCall(int body, int end) {
        if (end - body >= 4) {
            int function = request.getInt(body);
            put(body, function, map.function(function));
        }
    }

    private void type(int at, int captured) {
        put(at, captured, map.type(captured));
    }

    private void put(int at, int captured, int there) {
        if (captured != there) {
            ByteBuf copy = rewritten;
            if (copy == null) {
                copy = Unpooled.copiedBuffer(request);
                rewritten = copy;
            }
            copy.setInt(at - request.readerIndex(), there);
        }
    }

    private int zero(int from, int end) {
        return request.indexOf(from, end, (byte) 0);
    }

    private String text(int from, int end) {
        return request.toString(from, end - from, StandardCharsets.UTF_8);
    }
}
