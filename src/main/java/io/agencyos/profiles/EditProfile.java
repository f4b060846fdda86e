package io.agencyos.profiles;

import jakarta.json.JsonValue;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("UpdateProfileInput")
@Description("What to change of a profile; what is absent stays, what is null is removed")
public record EditProfile(
        @Size(max = 100) @Description("First name") String firstName,
        @Size(max = 100) @Description("Last name") String lastName,

        @Size(max = 255) @Description("Address of a picture")
        String avatarUrl,

        @Description("What the person wants to hear of in Slack")
        JsonValue slackNotificationPreferences) {}
