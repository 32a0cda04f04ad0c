package dev.understudy.pgwire.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** xml. Its binary format names the client's encoding in the XML declaration, where there is one; the text does not. */
final class XmlText {
    private static final Pattern ENCODING =
            Pattern.compile("(<\\?xml version=(?:\"[^\"<>]*\"|'[^'<>]*'))\\s+encoding=(?:\"[^\"<>]*\"|'[^'<>]*')");
    private static final String PLAIN_DECLARATION = "<?xml version=\"1.0\"?>";

    private XmlText() {}

    static Value decode(String text) {
        if (!text.startsWith("<?xml")) {
            return new Value.Text(text);
        }
        Matcher encoding = ENCODING.matcher(text);
        String rest = encoding.lookingAt() ? encoding.group(1) + text.substring(encoding.end()) : text;
        // as xml_out: a declaration that says no more than the default is left out
        return new Value.Text(rest.startsWith(PLAIN_DECLARATION) ? rest.substring(PLAIN_DECLARATION.length()) : rest);
    }
}
