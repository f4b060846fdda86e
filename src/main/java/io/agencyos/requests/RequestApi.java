package io.agencyos.requests;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;

import io.agencyos.clients.Client;
import io.agencyos.db.Filter;
import io.agencyos.db.Page;
import io.agencyos.db.Sort;
import io.agencyos.db.Sql;
import io.agencyos.graphql.Given;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.agencyos.realtime.Live;
import io.agencyos.realtime.Scope;
import io.smallrye.graphql.api.Subscription;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL offers on requests, their history and their changes, and the requests of a client. */
@GraphQLApi
public class RequestApi {

    private final Nodes nodes;
    private final Requests requests;
    private final Live live;

    RequestApi(Nodes nodes, Requests requests, Live live) {
        this.nodes = nodes;
        this.requests = requests;
        this.live = live;
    }

    @Query
    @Description("One request")
    public Uni<Request> request(@Id @NonNull @Description("The request's id") UUID id) {
        return nodes.byId(Request.class, id);
    }

    @Query("requests")
    @NonNull
    @Description("Requests: for staff all, for a client's people those of their clients")
    public Uni<RequestConnection> list(
            @Description("Only those that fulfil this") RequestFilter filter,
            @Description("In which order; the newest first unless given") List<RequestOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        var page = new Page(first, after, last, before);
        return nodes.page(
                Request.class, Filter.where(filter), RequestOrder.sorts(orderBy), page, RequestConnection::new);
    }

    @NonNull
    @Description("The client's requests")
    public Uni<List<RequestConnection>> requests(
            @Source List<Client> of,
            @Description("Only those that fulfil this") RequestFilter filter,
            @Description("In which order; the newest first unless given") List<RequestOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.pages(
                Nodes.ids(of),
                "client_id = parent.id",
                Request.class,
                Filter.where(filter),
                RequestOrder.sorts(orderBy),
                new Page(first, after, last, before),
                RequestConnection::new);
    }

    @NonNull
    @Description("How many requests in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<RequestConnection> of) {
        return nodes.counts(of);
    }

    @Description("Whom it is for")
    public Uni<List<Client>> client(@Source List<Request> of) {
        return nodes.of(of, "clientId", Client.class);
    }

    @Description("Who made it")
    public Uni<List<Profile>> createdBy(@Source List<Request> of) {
        return nodes.of(of, "createdBy", Profile.class);
    }

    @Description("Who has to do it")
    public Uni<List<Profile>> assignedTo(@Source List<Request> of) {
        return nodes.of(of, "assignedTo", Profile.class);
    }

    @NonNull
    @Description("Its way through the status machine, the latest step first")
    public Uni<List<StatusChangeConnection>> statusHistory(
            @Source List<Request> of,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        var newest = List.of(new Sort("changed_at", "timestamptz", true, false));
        var page = new Page(first, after, last, before);
        return nodes.pages(
                Nodes.ids(of),
                "request_id = parent.id",
                StatusChange.class,
                Sql.of("true"),
                newest,
                page,
                StatusChangeConnection::new);
    }

    @NonNull
    @Name("totalCount")
    @Description("How many steps in all; counted only when asked for")
    public Uni<List<Integer>> stepCount(@Source List<StatusChangeConnection> of) {
        return nodes.counts(of);
    }

    @Description("Who did it")
    public Uni<List<Profile>> changedBy(@Source List<StatusChange> of) {
        return nodes.of(of, "changedBy", Profile.class);
    }

    @Mutation
    @NonNull
    @Description("Makes a request in one's own name")
    public Uni<Request> createRequest(@Valid @NonNull @Description("The request") NewRequest input) {
        return requests.create(input);
    }

    @Mutation
    @NonNull
    @Description("Changes a request: one's own, or one that one has to do")
    public Uni<Request> updateRequest(
            @Id @NonNull @Description("The request's id") UUID id,
            @Valid @NonNull @Description("What to change") EditRequest input,
            @Description("Only if the request is still in this version") Integer ifVersion) {
        return requests.update(id, Given.patch(input), ifVersion).chain(this::request);
    }

    @Mutation
    @NonNull
    @Description("Takes one step of the status machine; the status it has already changes nothing")
    public Uni<Request> changeRequestStatus(
            @Id @NonNull @Description("The request's id") UUID id,
            @NonNull @Description("Where to") RequestStatus status,
            @Size(max = 10_000) @Description("Why; goes into the history") String note,
            @Description("Only if the request is still in this version") Integer ifVersion) {
        return requests.changeStatus(id, status, note, ifVersion).chain(this::request);
    }

    @Mutation
    @NonNull
    @Description("Gives a request to somebody")
    public Uni<Request> assignRequest(
            @Id @NonNull @Description("The request's id") UUID id,
            @Id @Description("To whom; null takes it from whoever had it") UUID to,
            @Description("Only if the request is still in this version") Integer ifVersion) {
        return requests.assign(id, to, ifVersion).chain(this::request);
    }

    @Mutation
    @NonNull
    @Description("Removes a request and all that hangs on it; answers its own fields as they were")
    public Uni<Request> deleteRequest(@Id @NonNull @Description("The request's id") UUID id) {
        return requests.delete(id);
    }

    @Subscription
    @NonNull
    @Description("Requests that are made, changed, removed, or that come into or go out of the viewer's sight")
    public Multi<RequestChange> requestChanged(
            @Description("Which; removals, and changes of a field that the filter looks at, are told of whether or not"
                            + " the request matches")
                    RequestFilter filter,
            @Description("Resume behind this cursor; unless given, from now on") String after) {
        return live.follow(Request.class, "requests", Scope.NONE, filter, after).map(RequestChange::new);
    }
}
