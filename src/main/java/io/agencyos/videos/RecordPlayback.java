package io.agencyos.videos;

import java.util.UUID;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("RecordPlaybackInput")
@Description("Where the viewer is in a film")
public record RecordPlayback(
        @Id @NonNull @Description("Which version they watch")
        UUID videoVersionId,

        @NonNull
        @DecimalMin("0")
        @DecimalMax("9999999")
        @Description("Where they are, in seconds from the start; behind the end means the end")
        Double positionSeconds,

        @Description("Whether they saw it to the end; 95 hundredths of it count as that")
        Boolean completed) {}
