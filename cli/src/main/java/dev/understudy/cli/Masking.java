package dev.understudy.cli;

import java.util.regex.Pattern;

/** Takes passwords out of texts that hold connection strings, before anybody sees them. */
public final class Masking {
    private static final Pattern IN_URI = Pattern.compile("(postgres(?:ql)?://[^:/?#@\\s]*:)[^\\s]*(@)");
    private static final Pattern AS_PARAMETER =
            Pattern.compile("(?i)((?:ssl)?password\\s*=\\s*)('(?:[^'\\\\]|\\\\.)*'|[^\\s&']+)");

    private Masking() {}

    /** The text with asterisks in place of passwords. */
    public static String mask(String text) {
        return AS_PARAMETER.matcher(IN_URI.matcher(text).replaceAll("$1***$2")).replaceAll("$1***");
    }
}
