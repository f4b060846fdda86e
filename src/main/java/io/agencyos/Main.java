package io.agencyos;

import java.util.Locale;
import java.util.Optional;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The one binary: no argument serves, {@code migrate} runs the migrations and ends, {@code verify-schema} compares the
 * live database with what this version expects and ends with 1 on any difference.
 */
@QuarkusMain
public class Main {

    /** Runs the command that the first argument names, or serves. */
    public static void main(String... args) {
        var command = args.length == 0 ? "serve" : args[0];
        if (!startDevMode()) Settings.stopUnlessComplete(command);
        tune();
        if (command.equals("serve")) Quarkus.run(args);
        else runOnce(args);
    }

    /** What can only be set before anything runs; who sets it himself is heeded. */
    private static void tune() {
        // fewer loops find more to do each time they wake up, and the other processors have collecting and compiling
        var loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        setUnlessSet("quarkus.vertx.event-loops-pool-size", String.valueOf(loops));
        // the driver reads each number of each row through these checks
        setUnlessSet("io.netty.buffer.checkAccessible", "false");
        setUnlessSet("io.netty.buffer.checkBounds", "false");
        setting("AGENCY_LOG_FORMAT")
                .ifPresent(format -> setUnlessSet(
                        "quarkus.log.console.json.enabled", String.valueOf(format.equalsIgnoreCase("json"))));
        setting("AGENCY_OTEL_ENDPOINT")
                .or(() -> setting("OTEL_EXPORTER_OTLP_ENDPOINT"))
                .ifPresent(Main::trace);
    }

    private static void trace(String collector) {
        setUnlessSet("quarkus.otel.exporter.otlp.endpoint", collector);
        setUnlessSet("quarkus.otel.sdk.disabled", "false");
    }

    private static Optional<String> setting(String name) {
        return ConfigProvider.getConfig().getOptionalValue(name, String.class).filter(value -> !value.isBlank());
    }

    private static void setUnlessSet(String property, String value) {
        var variable = property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        if (System.getProperty(property) == null && System.getenv(variable) == null)
            System.setProperty(property, value);
    }

    private static void runOnce(String... args) {
        System.setProperty("agency.command", args[0]);
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.scheduler.enabled", "false");
        System.setProperty("quarkus.oidc.tenant-enabled", "false");
        // there is nobody to send away
        System.setProperty("agency.drain", "0s");
        Quarkus.run(Command.class, args);
    }

    /** Dev mode has a room of its own, which the production package leaves out; hence by name. */
    private static boolean startDevMode() {
        try {
            Class.forName("io.agencyos.dev.DevDatabase").getMethod("start").invoke(null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Dev mode could not start its database", e);
        }
    }
}
