package io.agencyos.testing;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Has the application under test keep its files in a bucket of a real server. */
public class S3Resource implements QuarkusTestResourceLifecycleManager {

    private S3Server server;

    @Override
    public Map<String, String> start() {
        server = S3Server.start();
        return Map.of(
                "agency.storage",
                "s3",
                "agency.s3.bucket",
                S3Server.BUCKET,
                "agency.s3.endpoint",
                server.endpoint().toString(),
                "agency.s3.path-style",
                "true",
                "agency.s3.access-key",
                S3Server.ACCESS_KEY,
                "agency.s3.secret-key",
                S3Server.SECRET_KEY);
    }

    @Override
    public void stop() {
        if (server != null) server.close();
    }
}
