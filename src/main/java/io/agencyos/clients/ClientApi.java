package io.agencyos.clients;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;

import io.agencyos.db.Filter;
import io.agencyos.db.Page;
import io.agencyos.graphql.Given;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.agencyos.profiles.ProfileConnection;
import io.agencyos.profiles.ProfileFilter;
import io.agencyos.profiles.ProfileOrder;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL offers on clients and their members. */
@GraphQLApi
public class ClientApi {

    private final Nodes nodes;
    private final Clients clients;

    ClientApi(Nodes nodes, Clients clients) {
        this.nodes = nodes;
        this.clients = clients;
    }

    @Query
    @Description("One client")
    public Uni<Client> client(@Id @NonNull @Description("The client's id") UUID id) {
        return nodes.byId(Client.class, id);
    }

    @Query
    @NonNull
    @Description("Clients: for staff all, for a client's people those of which they are a member")
    public Uni<ClientConnection> clients(
            @Description("Only those that fulfil this") ClientFilter filter,
            @Description("In which order; by name unless given") List<ClientOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        var page = new Page(first, after, last, before);
        return nodes.page(Client.class, Filter.where(filter), ClientOrder.sorts(orderBy), page, ClientConnection::new);
    }

    @NonNull
    @Description("How many clients in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<ClientConnection> of) {
        return nodes.counts(of);
    }

    @NonNull
    @Description("The client's people who may look in")
    public Uni<List<ProfileConnection>> members(
            @Source List<Client> of,
            @Description("Only those that fulfil this") ProfileFilter filter,
            @Description("In which order; by last name unless given") List<ProfileOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.pages(
                Nodes.ids(of),
                "id in (select profile_id from client_members where client_id = parent.id)",
                Profile.class,
                Filter.where(filter),
                ProfileOrder.sorts(orderBy),
                new Page(first, after, last, before),
                ProfileConnection::new);
    }

    @Mutation
    @NonNull
    @Description("Makes a client (admin)")
    public Uni<Client> createClient(@Valid @NonNull @Description("The client") NewClient input) {
        return clients.create(input);
    }

    @Mutation
    @NonNull
    @Description("Changes a client (admin)")
    public Uni<Client> updateClient(
            @Id @NonNull @Description("The client's id") UUID id,
            @Valid @NonNull @Description("What to change") EditClient input,
            @Description("Only if the client is still in this version") Integer ifVersion) {
        return clients.update(id, Given.patch(input), ifVersion).chain(x -> nodes.byId(Client.class, id));
    }

    @Mutation
    @NonNull
    @Description("Lets a person look into a client's work (admin)")
    public Uni<Client> addClientMember(
            @Id @NonNull @Description("Whose work") UUID clientId, @Id @NonNull @Description("Who") UUID profileId) {
        return clients.addMember(clientId, profileId).chain(x -> nodes.byId(Client.class, clientId));
    }

    @Mutation
    @NonNull
    @Description("Ends a person's membership (admin)")
    public Uni<Client> removeClientMember(
            @Id @NonNull @Description("Whose work") UUID clientId, @Id @NonNull @Description("Who") UUID profileId) {
        return clients.removeMember(clientId, profileId).chain(x -> nodes.byId(Client.class, clientId));
    }
}
