package io.agencyos.packaged;

import java.nio.file.Path;
import java.util.Map;

import io.agencyos.testing.NodeScript;
import org.junit.jupiter.api.Test;

/** The Dockerfiles and compose.yaml, as linters see them. */
class ContainersTest {

    @Test
    void lintersFindNothingInThem() {
        NodeScript.run(
                "containers.test.mjs",
                Map.of("DOCKER", Path.of("docker").toAbsolutePath().toString()));
    }
}
