package io.agencyos.assets;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;

import io.agencyos.db.Filter;
import io.agencyos.db.Page;
import io.agencyos.db.Sort;
import io.agencyos.graphql.Given;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.agencyos.realtime.Live;
import io.agencyos.realtime.Scope;
import io.agencyos.requests.Request;
import io.smallrye.graphql.api.Subscription;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL offers on assets and their versions, and the assets of a request. */
@GraphQLApi
public class AssetApi {

    private static final String FAMILY = "(id = parent.id or parent_asset_id = parent.id)";

    private final Nodes nodes;
    private final Assets assets;
    private final Live live;

    AssetApi(Nodes nodes, Assets assets, Live live) {
        this.nodes = nodes;
        this.assets = assets;
        this.live = live;
    }

    @Query
    @Description("One asset")
    public Uni<Asset> asset(@Id @NonNull @Description("The asset's id") UUID id) {
        return nodes.byId(Asset.class, id);
    }

    @NonNull
    @Description("The request's files in all their versions; isCurrentVersion leaves out the earlier ones")
    public Uni<List<AssetConnection>> assets(
            @Source List<Request> of,
            @Description("Only those that fulfil this") AssetFilter filter,
            @Description("In which order; the newest first unless given") List<AssetOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        var page = new Page(first, after, last, before);
        return pages(Nodes.ids(of), "request_id = parent.id", filter, AssetOrder.sorts(orderBy), page);
    }

    @NonNull
    @Description("All versions of the file, this one included")
    public Uni<List<AssetConnection>> versions(
            @Source List<Asset> of,
            @Description("Only those that fulfil this") AssetFilter filter,
            @Description("In which order; the latest version first unless given") List<AssetOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        var families = of.stream().map(Asset::root).toList();
        var page = new Page(first, after, last, before);
        return pages(families, FAMILY, filter, AssetOrder.versions(orderBy), page);
    }

    private Uni<List<AssetConnection>> pages(
            List<?> parents, String relation, AssetFilter filter, List<Sort> order, Page page) {
        return nodes.pages(parents, relation, Asset.class, Filter.where(filter), order, page, AssetConnection::new);
    }

    @NonNull
    @Description("How many assets in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<AssetConnection> of) {
        return nodes.counts(of);
    }

    @Description("The request it belongs to")
    public Uni<List<Request>> request(@Source List<Asset> of) {
        return nodes.of(of, "requestId", Request.class);
    }

    @Description("The first version of the file; none on the first version itself")
    public Uni<List<Asset>> parentAsset(@Source List<Asset> of) {
        return nodes.of(of, "parentAssetId", Asset.class);
    }

    @Description("Who made it")
    public Uni<List<Profile>> createdBy(@Source List<Asset> of) {
        return nodes.of(of, "createdBy", Profile.class);
    }

    @Mutation
    @NonNull
    @Description("Adds to a request what is embedded from elsewhere")
    public Uni<Asset> createAsset(@Valid @NonNull @Description("The asset") NewAsset input) {
        return assets.create(input);
    }

    @Mutation
    @NonNull
    @Description("Changes what is known of a version of a file; its uploader may, and administrators")
    public Uni<Asset> updateAsset(
            @Id @NonNull @Description("The asset's id") UUID id,
            @Valid @NonNull @Description("What to change") EditAsset input,
            @Description("Only if the asset is still in this version") Integer ifVersion) {
        return assets.update(id, Given.patch(input), ifVersion).chain(this::asset);
    }

    @Mutation("setAssetVersionAsCurrent")
    @NonNull
    @Description("Makes a version of a file the one that counts; no version is lost")
    public Uni<Asset> setAssetVersionAsCurrent(@Id @NonNull @Description("Which version") UUID id) {
        return assets.setCurrent(id).chain(this::asset);
    }

    @Mutation
    @NonNull
    @Description("Removes a version of a file, and with the first one all others; answers its own fields as they were")
    public Uni<Asset> deleteAsset(@Id @NonNull @Description("The asset's id") UUID id) {
        return assets.delete(id);
    }

    @Subscription
    @NonNull
    @Description("Assets that are uploaded, changed, removed, or that come into or go out of the viewer's sight")
    public Multi<AssetChange> assetChanged(
            @Id @Description("Of this request only") UUID requestId,
            @Description("Resume behind this cursor; unless given, from now on") String after) {
        return live.follow(Asset.class, "assets", Scope.of("request_id", requestId), null, after)
                .map(AssetChange::new);
    }
}
