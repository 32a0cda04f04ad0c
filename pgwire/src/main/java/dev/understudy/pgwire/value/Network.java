package dev.understudy.pgwire.value;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * inet, cidr, macaddr, macaddr8. Addresses in the binary format (inet_send): a byte each for the family, the netmask's
 * bits, whether it is a cidr, and the address's length; then the address.
 */
final class Network {
    private static final int FAMILY_4 = 2;
    private static final int FAMILY_6 = 3;
    private static final int GROUPS = 8;
    private static final int BITS_4 = 32;
    private static final int BITS_6 = 128;
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}((:[0-9a-fA-F]{2}){2})?");

    private Network() {}

    static @Nullable Value inet(ByteBuf bytes) {
        int at = bytes.readerIndex();
        if (bytes.readableBytes() < 4 || (bytes.getByte(at + 2) & ~1) != 0) {
            return null;
        }
        int family = bytes.getByte(at);
        int prefix = bytes.getUnsignedByte(at + 1);
        int length = bytes.getByte(at + 3);
        if (bytes.readableBytes() != 4 + length) {
            return null;
        }
        if (family == FAMILY_4 && length == 4 && prefix <= BITS_4) {
            return new Value.Inet(false, 0, bytes.getUnsignedInt(at + 4), prefix);
        }
        return family == FAMILY_6 && length == 16 && prefix <= BITS_6
                ? new Value.Inet(true, bytes.getLong(at + 4), bytes.getLong(at + 12), prefix)
                : null;
    }

    /** {@code 192.168.0.1}, {@code 10.0.0.0/8}, {@code 2001:db8::1/64}, {@code ::ffff:1.2.3.4}. */
    static @Nullable Value inet(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean six = address.indexOf(':') >= 0;
        int bits = six ? BITS_6 : BITS_4;
        int prefix = slash < 0 ? bits : number(text.substring(slash + 1), 10, bits);
        if (prefix < 0) {
            return null;
        }
        if (!six) {
            long four = four(address);
            return four < 0 ? null : new Value.Inet(false, 0, four, prefix);
        }
        List<Integer> groups = groups(address);
        return groups == null ? null : new Value.Inet(true, half(groups, 0), half(groups, GROUPS / 2), prefix);
    }

    static @Nullable Value mac(ByteBuf bytes, int octets) {
        if (bytes.readableBytes() != octets) {
            return null;
        }
        long bits = 0;
        for (int i = 0; i < octets; i++) {
            bits = bits << 8 | bytes.getUnsignedByte(bytes.readerIndex() + i);
        }
        return new Value.MacAddress(octets, bits);
    }

    static @Nullable Value mac(String text, int octets) {
        return MAC.matcher(text).matches() && text.length() == 3 * octets - 1
                ? new Value.MacAddress(octets, Long.parseUnsignedLong(text.replace(":", ""), 16))
                : null;
    }

    private static long four(String address) {
        String[] octets = address.split("\\.", -1);
        long value = 0;
        for (String octet : octets) {
            int number = number(octet, 10, 255);
            value = number < 0 || value < 0 ? -1 : value << 8 | number;
        }
        return octets.length == 4 ? value : -1;
    }

    private static @Nullable List<Integer> groups(String address) {
        int gap = address.indexOf("::");
        List<Integer> groups = new ArrayList<>(GROUPS);
        List<Integer> tail = new ArrayList<>(GROUPS);
        boolean sound = gap < 0
                ? add(groups, address)
                : add(groups, address.substring(0, gap)) && add(tail, address.substring(gap + 2));
        int missing = GROUPS - groups.size() - tail.size();
        if (!sound || (gap < 0 ? missing != 0 : missing < 1)) {
            return null;
        }
        for (int i = 0; i < missing; i++) {
            groups.add(0);
        }
        groups.addAll(tail);
        return groups;
    }

    private static boolean add(List<Integer> groups, String part) {
        if (part.isEmpty()) {
            return true;
        }
        String[] written = part.split(":", -1);
        for (int i = 0; i < written.length; i++) {
            if (i == written.length - 1 && written[i].indexOf('.') >= 0) {
                long four = four(written[i]);
                if (four < 0) {
                    return false;
                }
                groups.add((int) (four >> 16));
                groups.add((int) (four & 0xffff));
            } else {
                int group = written[i].length() > 4 ? -1 : number(written[i], 16, 0xffff);
                if (group < 0) {
                    return false;
                }
                groups.add(group);
            }
        }
        return groups.size() <= GROUPS;
    }

    private static long half(List<Integer> groups, int from) {
        long half = 0;
        for (int group : groups.subList(from, from + GROUPS / 2)) {
            half = half << 16 | group;
        }
        return half;
    }

    /** Digits alone, up to {@code max}; else -1. */
    private static int number(String digits, int radix, int max) {
        if (digits.isEmpty() || digits.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value > max ? -1 : value;
    }
}
