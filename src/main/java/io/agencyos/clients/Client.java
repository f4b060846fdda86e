package io.agencyos.clients;

import java.time.OffsetDateTime;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.db.LowerCase;
import io.agencyos.db.SameForStaff;
import io.agencyos.db.Versioned;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** A client organisation. */
@Entity
@Table(name = "clients")
@DynamicInsert
@DynamicUpdate
@SameForStaff
@Type("Client")
@Description("An organisation that the agency works for")
public class Client extends Versioned {

    @NonNull
    @Description("Name")
    public String name;

    @Description("Address of the logo")
    @Column(name = "logo_url")
    public String logoUrl;

    @Description("Whom to talk to")
    @Column(name = "primary_contact_name")
    public String primaryContactName;

    @Description("Their e-mail address")
    @Column(name = "primary_contact_email")
    public String primaryContactEmail;

    @Description("Their telephone number")
    @Column(name = "primary_contact_phone")
    public String primaryContactPhone;

    @NonNull
    @Description("Where the business stands")
    @Convert(converter = StatusColumn.class)
    public ClientStatus status;

    @NonNull
    @Description("When it last changed")
    @Column(name = "updated_at", insertable = false, updatable = false)
    public OffsetDateTime updatedAt;

    @Converter
    static class StatusColumn extends LowerCase<ClientStatus> {
        StatusColumn() {
            super(ClientStatus.class);
        }
    }
}
