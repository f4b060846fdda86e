package io.agencyos.assets;

import java.util.List;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("CompleteUploadInput")
@Description("What the bytes that have come are compared with")
public record FinishUpload(
        @Size(max = 10_000) @Description("All parts with what the storage answered")
        List<@NonNull SentPart> parts,

        @Pattern(regexp = "[0-9a-fA-F]{64}", message = "must be 64 hexadecimal digits")
        @Description("SHA-256 of all bytes in hex; unless given, that of startUpload")
        String sha256) {

    @Input("SentPartInput")
    @Description("A part as its sender knows it")
    public record SentPart(
            @NonNull @Description("Counts the parts, from 1")
            Integer number,

            @NonNull @Size(max = 200) @Description("The ETag that was answered, with or without quotes")
            String etag) {

        String bare() {
            return etag.replace("\"", "");
        }
    }
}
