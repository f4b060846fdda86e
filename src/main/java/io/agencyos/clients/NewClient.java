package io.agencyos.clients;

import java.util.UUID;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("CreateClientInput")
@Description("A client to be made")
public record NewClient(
        @Id @Description("A key made by the caller, so that a repeated call makes nothing twice")
        UUID id,

        @NonNull @SomeText @Size(max = 255) @Description("Name")
        String name,

        @Size(max = 255) @Description("Address of the logo") String logoUrl,
        @Size(max = 255) @Description("Whom to talk to") String primaryContactName,

        @Email @Size(max = 255) @Description("Their e-mail address")
        String primaryContactEmail,

        @Size(max = 50) @Description("Their telephone number")
        String primaryContactPhone,

        @Description("Where the business stands; ACTIVE unless given")
        ClientStatus status) {

    Client toClient() {
        var client = new Client();
        client.id = id == null ? UUID.randomUUID() : id;
        client.name = name;
        client.logoUrl = logoUrl;
        client.primaryContactName = primaryContactName;
        client.primaryContactEmail = primaryContactEmail;
        client.primaryContactPhone = primaryContactPhone;
        client.status = status == null ? ClientStatus.ACTIVE : status;
        return client;
    }
}
