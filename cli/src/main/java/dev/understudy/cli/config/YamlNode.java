package dev.understudy.cli.config;

import java.util.List;
import java.util.Map;

/** A piece of a YAML document that knows where it stands. */
sealed interface YamlNode {
    /** {@code file:line:column}, counted from one. */
    String where();

    /** A single value as text; empty where the document has null. */
    record Scalar(String where, String text) implements YamlNode {}

    /** Values in order. */
    record Sequence(String where, List<YamlNode> items) implements YamlNode {}

    /** Values by key, in the document's order. */
    record Mapping(String where, Map<Scalar, YamlNode> entries) implements YamlNode {}
}
