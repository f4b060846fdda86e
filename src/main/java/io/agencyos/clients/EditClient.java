package io.agencyos.clients;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("UpdateClientInput")
@Description("What to change of a client; what is absent stays, what is null is removed")
public record EditClient(
        @SomeText @Size(max = 255) @Description("Name") String name,

        @Size(max = 255) @Description("Address of the logo") String logoUrl,
        @Size(max = 255) @Description("Whom to talk to") String primaryContactName,

        @Email @Size(max = 255) @Description("Their e-mail address")
        String primaryContactEmail,

        @Size(max = 50) @Description("Their telephone number")
        String primaryContactPhone,

        @Description("Where the business stands") ClientStatus status) {}
