package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;

/**
 * A CommandComplete tag, such as {@code INSERT 0 5}.
 *
 * @param command the words before the numbers: {@code INSERT}, {@code CREATE TABLE}
 * @param rows the rows it counts, -1 where it counts none
 */
public record CommandTag(String command, long rows) {
    /** The tag's text in a CommandComplete's body, which is borrowed. */
    public static String text(ByteBuf body) {
        return new BodyReader(body, "CommandComplete").string();
    }

    /** Takes a tag's text apart; the OID that INSERT still sends is left out. */
    public static CommandTag parse(String text) {
        int numbers = text.length();
        while (numbers > 0 && isDigitOrSpace(text.charAt(numbers - 1))) {
            numbers--;
        }
        String last = text.substring(text.lastIndexOf(' ') + 1);
        long rows = -1;
        if (numbers < text.length() && !last.isEmpty() && last.length() <= 19) {
            try {
                rows = Long.parseLong(last);
            } catch (NumberFormatException e) {
                return new CommandTag(text, -1);
            }
        }
        return new CommandTag(text.substring(0, numbers), rows);
    }

    private static boolean isDigitOrSpace(char c) {
        return c == ' ' || c >= '0' && c <= '9';
    }
}
