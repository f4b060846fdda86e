package io.agencyos.security;

import java.util.Locale;

import org.eclipse.microprofile.graphql.Description;

/** What a person may do in general; the policies in SQL decide in particular. */
@Description("What a person may do in general")
public enum Role {
    @Description("May do everything")
    ADMIN,
    @Description("Agency staff: sees all work, changes what is theirs or assigned to them")
    USER,
    @Description("Sees the clients of which they are a member, and nothing internal")
    CLIENT;

    /** The value as the database keeps it. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
