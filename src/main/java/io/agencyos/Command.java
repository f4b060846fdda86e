package io.agencyos;

import io.agencyos.db.Migrations;
import io.agencyos.db.SchemaVerification;
import io.quarkus.runtime.QuarkusApplication;

/** The commands that end: {@code migrate} and {@code verify-schema}. */
public class Command implements QuarkusApplication {

    private final Migrations migrations;
    private final SchemaVerification verification;

    Command(Migrations migrations, SchemaVerification verification) {
        this.migrations = migrations;
        this.verification = verification;
    }

    @Override
    public int run(String... args) {
        return switch (args[0]) {
            case "migrate" -> migrate();
            default -> verify();
        };
    }

    private int migrate() {
        System.out.println(migrations.migrate() + " migrations applied");
        return 0;
    }

    private int verify() {
        var differences = verification.differences();
        differences.forEach(System.out::println);
        System.out.println(differences.isEmpty() ? "The schema is as expected" : differences.size() + " differences");
        return differences.isEmpty() ? 0 : 1;
    }
}
