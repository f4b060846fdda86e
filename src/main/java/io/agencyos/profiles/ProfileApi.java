package io.agencyos.profiles;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;

import io.agencyos.db.Db;
import io.agencyos.db.Filter;
import io.agencyos.db.Page;
import io.agencyos.graphql.Given;
import io.agencyos.graphql.Nodes;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL offers on people. */
@GraphQLApi
public class ProfileApi {

    private final Nodes nodes;
    private final Profiles profiles;

    ProfileApi(Nodes nodes, Profiles profiles) {
        this.nodes = nodes;
        this.profiles = profiles;
    }

    @Query
    @NonNull
    @Description("The one who asks; the first login makes the profile from the token's claims")
    public Uni<Profile> viewer() {
        return Uni.createFrom().deferred(() -> nodes.byId(Profile.class, Db.me()));
    }

    @Query
    @Description("One person")
    public Uni<Profile> profile(@Id @NonNull @Description("The person's id") UUID id) {
        return nodes.byId(Profile.class, id);
    }

    @Query
    @NonNull
    @Description("People: for staff everybody, for a client's people the staff and their own colleagues")
    public Uni<ProfileConnection> profiles(
            @Description("Only those that fulfil this") ProfileFilter filter,
            @Description("In which order; by last name unless given") List<ProfileOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        var page = new Page(first, after, last, before);
        return nodes.page(
                Profile.class, Filter.where(filter), ProfileOrder.sorts(orderBy), page, ProfileConnection::new);
    }

    @NonNull
    @Description("How many people in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<ProfileConnection> of) {
        return nodes.counts(of);
    }

    @Mutation
    @NonNull
    @Description("Changes a profile: one's own, or as admin anybody's")
    public Uni<Profile> updateProfile(
            @Id @Description("Whose; one's own unless given") UUID id,
            @Valid @NonNull @Description("What to change") EditProfile input,
            @Description("Only if the profile is still in this version") Integer ifVersion) {
        var patch = Given.patch(input);
        return Uni.createFrom()
                .item(() -> id == null ? Db.me() : id)
                .chain(whose -> profiles.update(whose, patch, ifVersion))
                .chain(this::profile);
    }
}
