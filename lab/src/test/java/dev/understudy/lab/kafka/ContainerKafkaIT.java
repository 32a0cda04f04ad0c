package dev.understudy.lab.kafka;

import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The same contract against a broker as people run it; {@link EmbeddedKafkaIT} holds it where no engine is. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerKafkaIT extends KafkaContract {
    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer(DockerImageName.parse("apache/kafka:4.0.0"))
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(EmbeddedKafka.MAX_MESSAGE_BYTES));

    @Override
    String bootstrapServers() {
        return KAFKA.getBootstrapServers();
    }
}
