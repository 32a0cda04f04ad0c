package dev.understudy.cli.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a YAML file into nodes that know their lines. */
final class YamlReader {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int MAX_FILE_BYTES = 1 << 20;

    private final Path file;
    private final JsonParser parser;

    private YamlReader(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * Reads a document; an empty one is an empty mapping.
     *
     * @throws InvalidFileException if it is missing, too large, no YAML, or has no mapping at its top
     */
    static YamlNode.Mapping read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new InvalidFileException(file + ": larger than " + MAX_FILE_BYTES + " bytes");
            }
            try (JsonParser parser = YAML.createParser(Files.readString(file))) {
                return new YamlReader(file, parser).document();
            }
        } catch (NoSuchFileException e) {
            throw new InvalidFileException(file + ": no such file");
        } catch (JsonProcessingException e) {
            throw new InvalidFileException(where(file, e.getLocation()) + ": " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new InvalidFileException(file + ": cannot be read: " + e.getMessage());
        }
    }

    private YamlNode.Mapping document() throws IOException {
        if (parser.nextToken() == null) {
            return new YamlNode.Mapping(file.toString(), Map.of());
        }
        YamlNode top = node();
        if (top instanceof YamlNode.Scalar scalar && scalar.text().isEmpty()) {
            return new YamlNode.Mapping(scalar.where(), Map.of());
        }
        if (!(top instanceof YamlNode.Mapping mapping)) {
            throw new InvalidFileException(top.where() + ": expected flags as 'name: value'");
        }
        if (parser.nextToken() != null) {
            throw new InvalidFileException(here() + ": expected one document");
        }
        return mapping;
    }

    private YamlNode node() throws IOException {
        String where = here();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<YamlNode.Scalar, YamlNode> entries = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                YamlNode.Scalar key = new YamlNode.Scalar(here(), parser.currentName());
                parser.nextToken();
                entries.put(key, node());
            }
            return new YamlNode.Mapping(where, entries);
        }
        if (token == JsonToken.START_ARRAY) {
            List<YamlNode> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(node());
            }
            return new YamlNode.Sequence(where, items);
        }
        return new YamlNode.Scalar(where, token == JsonToken.VALUE_NULL ? "" : parser.getText());
    }

    private String here() {
        return where(file, parser.currentTokenLocation());
    }

    private static String where(Path file, JsonLocation location) {
        return location == null ? file.toString() : file + ":" + location.getLineNr() + ":" + location.getColumnNr();
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
