package dev.understudy.pgwire.value;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes the less common values as the server does. */
final class StructureText {
    private static final int GROUPS = 8;

    private StructureText() {}

    /** The text; null for a value that is none of these. */
    static @Nullable String of(Value value) {
        if (value instanceof Value.Label label) {
            return label.value();
        } else if (value instanceof Value.Inet inet) {
            return inet(inet);
        } else if (value instanceof Value.MacAddress mac) {
            return String.format(Locale.ROOT, "%0" + 2 * mac.octets() + "x", mac.bits())
                    .replaceAll("(..)(?!$)", "$1:");
        } else if (value instanceof Value.Money money) {
            return money.written().isEmpty() ? Long.toString(money.units()) : money.written();
        } else if (value instanceof Value.Bits bits) {
            return bits.digits();
        } else if (value instanceof Value.Lsn lsn) {
            return String.format(Locale.ROOT, "%X/%X", lsn.position() >>> 32, lsn.position() & 0xffff_ffffL);
        } else if (value instanceof Value.Tid tid) {
            return "(" + tid.block() + "," + tid.offset() + ")";
        } else if (value instanceof Value.ObjectName object) {
            return object.name();
        } else if (value instanceof Value.ObjectOid object) {
            return Long.toString(object.oid());
        } else if (value instanceof Value.Geometry geometry) {
            return geometry(geometry);
        } else if (value instanceof Value.TsQuery query) {
            return query.text();
        }
        return structure(value);
    }

    private static @Nullable String structure(Value value) {
        if (value instanceof Value.Range range) {
            return range(range);
        } else if (value instanceof Value.Multirange multirange) {
            StringJoiner ranges = new StringJoiner(",", "{", "}");
            multirange.ranges().forEach(range -> ranges.add(range(range)));
            return ranges.toString();
        } else if (value instanceof Value.Composite composite) {
            StringJoiner members = new StringJoiner(",", "(", ")");
            composite
                    .values()
                    .forEach(member ->
                            members.add(member instanceof Value.Null ? "" : MemberText.member(member.text())));
            return members.toString();
        } else if (value instanceof Value.TsVector vector) {
            StringJoiner lexemes = new StringJoiner(" ");
            vector.lexemes().forEach(lexeme -> lexemes.add(lexeme(lexeme)));
            return lexemes.toString();
        } else if (value instanceof Value.Hstore hstore) {
            StringJoiner pairs = new StringJoiner(", ");
            hstore.pairs()
                    .forEach((key, member) -> pairs.add(
                            quoted(key) + "=>" + (member instanceof Value.Null ? "NULL" : quoted(member.text()))));
            return pairs.toString();
        }
        return null;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String lexeme(Value.TsVector.Lexeme lexeme) {
        String word = "'" + lexeme.word().replace("\\", "\\\\").replace("'", "''") + "'";
        return lexeme.positions().isEmpty() ? word : word + ":" + String.join(",", lexeme.positions());
    }

    private static String range(Value.Range range) {
        return range.empty()
                ? "empty"
                : (range.lowerInclusive() ? "[" : "(")
                        + (range.lower() == null
                                ? ""
                                : MemberText.bound(range.lower().text()))
                        + ","
                        + (range.upper() == null
                                ? ""
                                : MemberText.bound(range.upper().text()))
                        + (range.upperInclusive() ? "]" : ")");
    }

    private static String inet(Value.Inet inet) {
        if (!inet.six()) {
            return four(inet.low()) + (inet.prefixLength() == 32 ? "" : "/" + inet.prefixLength());
        }
        return six(inet) + (inet.prefixLength() == 128 ? "" : "/" + inet.prefixLength());
    }

    private static String four(long address) {
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    /** The first of the longest runs of two zero groups or more is left out; mapped IPv4 addresses end as such do. */
    private static String six(Value.Inet inet) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            long half = i < GROUPS / 2 ? inet.high() : inet.low();
            groups[i] = (int) (half >> 16 * (GROUPS / 2 - 1 - i % (GROUPS / 2)) & 0xffff);
        }
        int best = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                best = i;
                length = end - i;
            }
        }
        boolean four =
                best == 0 && (length == 6 || length == 7 && groups[7] != 1 || length == 5 && groups[5] == 0xffff);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == 6 && four) {
                return text + (text.charAt(text.length() - 1) == ':' ? "" : ":") + four(inet.low() & 0xffff_ffffL);
            }
            if (i == best) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static String geometry(Value.Geometry geometry) {
        List<Double> n = geometry.numbers();
        return switch (geometry.shape()) {
            case POINT -> points(n);
            case LINE -> "{" + number(n.get(0)) + "," + number(n.get(1)) + "," + number(n.get(2)) + "}";
            case LSEG, OPEN_PATH -> "[" + points(n) + "]";
            case BOX -> points(n);
            case CLOSED_PATH, POLYGON -> "(" + points(n) + ")";
            case CIRCLE -> "<" + points(n.subList(0, 2)) + "," + number(n.get(2)) + ">";
        };
    }

    private static String points(List<Double> numbers) {
        StringJoiner points = new StringJoiner(",");
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            points.add("(" + number(numbers.get(i)) + "," + number(numbers.get(i + 1)) + ")");
        }
        return points.toString();
    }

    private static String number(double number) {
        String text = Double.toString(number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
