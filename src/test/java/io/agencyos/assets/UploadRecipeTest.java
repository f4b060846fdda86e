package io.agencyos.assets;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.FreshCopy.Running;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The lines of README for an upload, as they stand there, in a shell. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class UploadRecipeTest {

    private static final int PATIENCE = 120;

    @Test
    void theLinesOfTheReadmeUploadAPoster() throws IOException {
        for (var program : List.of("bash", "curl", "jq"))
            assumeTrue(isThere(program), "There is no " + program + " here");
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "recipe")), "run");
        var poster = new BufferedImage(300, 400, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(poster, "png", folder.resolve("poster.png").toFile());
        var answer = new JsonObject(printed(folder)).getJsonObject("data").getJsonObject("completeUpload");
        assertEquals("COMPLETED", answer.getString("state"));
        var url = answer.getJsonObject("asset").getString("downloadUrl");
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("poster.png")),
                Sending.get(url).body().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private static String printed(Path folder) throws IOException {
        var maker = Work.user();
        var settings = Map.of(
                "API", "http://127.0.0.1:" + RestAssured.port, "TOKEN", maker.token(), "REQUEST", Work.request(maker));
        try (var shell = Running.start(folder, List.of("bash", "-euc", lines()), settings)) {
            assertEquals(0, shell.exitCode(PATIENCE), shell::text);
            return shell.text();
        }
    }

    private static boolean isThere(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String lines() throws IOException {
        return Arrays.stream(Files.readString(Path.of("README.md")).split("```"))
                .filter(block -> block.startsWith("shell\n") && block.contains("startUpload"))
                .findFirst()
                .orElseThrow()
                .substring("shell\n".length());
    }
}
