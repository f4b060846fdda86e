package io.agencyos.assets;

import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Who makes the small pictures of pictures. */
class PictureJobTest {

    @Test
    void aReplicaThatLeavesPicturesToOthersTakesNone() {
        assertNull(jobOf("false").makeAll().await().indefinitely());
    }

    @Test
    void anyOtherReplicaAsksTheDatabaseForSome() {
        assertThrows(NullPointerException.class, () -> jobOf("true").makeAll());
    }

    /** One that has no database: whoever asks for a picture fails. */
    private static PictureJob jobOf(String pictures) {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(Map.of("agency.upload.pictures", pictures), "test", 100))
                .withMapping(UploadConfig.class)
                .build()
                .getConfigMapping(UploadConfig.class);
        return new PictureJob(null, null, null, null, config);
    }
}
