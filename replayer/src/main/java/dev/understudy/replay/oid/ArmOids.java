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
final class ArmOids implements OidReferences.Places {
    private final OidMap map;
    private final TypeStructures types;
    private final OidReferences references;
    /** By statement, what is to be looked at in its values. */
    private final Map<String, Carrier> carriers = new HashMap<>();

    private ByteBuf request = Unpooled.EMPTY_BUFFER;
    private @Nullable ByteBuf rewritten;
    private int describes;
    /** Where the name and the text of the last Parse stand in the request; -1 before the first. */
    private int nameStart = -1;

    private int sqlStart;
    private int sqlEnd;

    /** Production's OIDs of a statement's parameters, and whether it reads the system's catalogs. */
    private record Carrier(int[] parameters, boolean catalogs) {}

    ArmOids(OidMap map, TypeStructures types) {
        this.map = map;
        this.types = types;
        this.references = new OidReferences(map);
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
        nameStart = -1;
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
        int textEnd = nameEnd < 0 ? -1 : zero(nameEnd + 1, end);
        if (textEnd < 0 || end - textEnd < 3) {
            return;
        }
        nameStart = body;
        sqlStart = nameEnd + 1;
        sqlEnd = textEnd;
        int count = Math.min(request.getUnsignedShort(textEnd + 1), (end - textEnd - 3) / 4);
        int[] parameters = new int[count];
        for (int i = 0; i < count; i++) {
            int at = textEnd + 3 + 4 * i;
            parameters[i] = request.getInt(at);
            put(at, parameters[i], map.type(parameters[i]));
        }
        if (carries(parameters)) {
            String name = text(body, nameEnd);
            carriers.put(name, new Carrier(parameters, readsCatalogs(name)));
        } else if (!carriers.isEmpty()) {
            carriers.remove(text(body, nameEnd));
        }
    }

    /** Whether the last Parse made the statement of that name, and its text reads the system's catalogs. */
    private boolean readsCatalogs(String name) {
        return nameStart >= 0
                && name.equals(text(nameStart, sqlStart - 1))
                && OidReferences.readsCatalogs(text(sqlStart, sqlEnd));
    }

    private void describe(int body, int end, ByteBuf answer) {
        if (end - body < 2 || request.getByte(body) != 'S') {
            return;
        }
        int[] parameters = described(answer, describes++);
        int nameEnd = zero(body + 1, end);
        if (parameters != null && nameEnd >= 0 && carries(parameters)) {
            String name = text(body + 1, nameEnd);
            carriers.put(name, new Carrier(parameters, readsCatalogs(name)));
        }
    }

    private boolean carries(int[] parameters) {
        for (int type : parameters) {
            if (isCarrier(type)) {
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
        Carrier carrier = nameEnd < 0 ? null : carriers.get(text(portalEnd + 1, nameEnd));
        if (carrier != null) {
            values(nameEnd + 1, end, carrier);
        }
    }

    private void values(int from, int end, Carrier carrier) {
        int[] parameters = carrier.parameters();
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
            if (length > 0 && i < parameters.length) {
                value(at, length, binary, parameters[i], carrier.catalogs());
            }
            at += Math.max(0, length);
        }
    }

    private void value(int at, int length, boolean binary, int type, boolean catalogs) {
        if (OidReferences.is(type)) {
            references.walk(request, at, length, binary, type, catalogs, this);
        } else if (binary && types.carriesOids(type)) {
            new BinaryValue(types, request, this::type).walk(at, at + length, type);
        }
    }

    private boolean isCarrier(int type) {
        return OidReferences.is(type) || types.carriesOids(type);
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

    @Override
    public void put(int at, int captured, int there) {
        if (captured != there) {
            copy().setInt(at - request.readerIndex(), there);
        }
    }

    @Override
    public void put(int at, byte[] text) {
        copy().setBytes(at - request.readerIndex(), text);
    }

    private ByteBuf copy() {
        ByteBuf copy = rewritten;
        if (copy == null) {
            copy = Unpooled.copiedBuffer(request);
            rewritten = copy;
        }
        return copy;
    }

    private int zero(int from, int end) {
        return request.indexOf(from, end, (byte) 0);
    }

    private String text(int from, int end) {
        return request.toString(from, end - from, StandardCharsets.UTF_8);
    }
}
