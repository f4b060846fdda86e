package io.agencyos.activity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("UpdateRetentionPolicyInput")
@Description("What to change of a retention policy; what is absent stays")
public record EditRetentionPolicy(
        @Min(0) @Max(36_500) @Description("Days until it goes to the archive, 0 to 36500")
        Integer activeRetentionDays,

        @Min(0) @Max(36_500) @Description("Further days until it is gone for good, 0 to 36500")
        Integer archiveRetentionDays) {}
