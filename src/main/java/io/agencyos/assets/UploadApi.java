package io.agencyos.assets;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.validation.Valid;

import io.agencyos.db.Refusal;
import io.agencyos.graphql.Nodes;
import io.agencyos.requests.Request;
import io.agencyos.storage.Storage;
import io.agencyos.storage.Storage.Part;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL offers on uploads. */
@GraphQLApi
public class UploadApi {

    private static final int MOST_AT_ONCE = 1_000;

    private final Nodes nodes;
    private final Uploads uploads;
    private final Storage storage;
    private final UploadConfig config;

    UploadApi(Nodes nodes, Uploads uploads, Storage storage, UploadConfig config) {
        this.nodes = nodes;
        this.uploads = uploads;
        this.storage = storage;
        this.config = config;
    }

    @Query
    @Description("One of the viewer's uploads: which parts have come, and where the others go")
    public Uni<Upload> upload(@Id @NonNull @Description("The upload's id") UUID id) {
        return nodes.byId(Upload.class, id);
    }

    @NonNull
    @Description("How many parts there are")
    public Uni<List<Integer>> partCount(@Source List<Upload> of) {
        return Uni.createFrom().item(of.stream().map(Upload::parts).toList());
    }

    @NonNull
    @Description("The parts of an upload that is under way; none of one that has ended")
    public Uni<List<List<@NonNull UploadPart>>> parts(
            @Source List<Upload> of,
            @Description("How many at most, 1 to 1000; 100 unless given") Integer first,
            @Description("Behind the part with this number") Integer after,
            @Description("Only those that have not come") Boolean missing) {
        var most = first == null ? 100 : first;
        if (most < 1 || most > MOST_AT_ONCE) throw Refusal.invalid("first", "first has to be from 1 to 1000");
        var from = after == null ? 0 : Math.max(0, after);
        return each(of.stream()
                .map(upload -> parts(upload, most, from, Boolean.TRUE.equals(missing)))
                .toList());
    }

    private Uni<List<UploadPart>> parts(Upload upload, int most, int after, boolean missing) {
        if (upload.state != UploadState.STARTED || upload.storageUpload == null)
            return Uni.createFrom().item(List.of());
        return storage.parts(upload.storageKey, upload.storageUpload)
                .onFailure(Storage.NoUpload.class)
                .recoverWithItem(List.of())
                .map(UploadApi::byNumber)
                .chain(came -> each(IntStream.rangeClosed(after + 1, upload.parts())
                        .filter(number -> !missing || !isWhole(upload, came.get(number), number))
                        .limit(most)
                        .mapToObj(number -> part(upload, number, came.get(number)))
                        .toList()));
    }

    private static Map<Integer, Part> byNumber(List<Part> parts) {
        var byNumber = new HashMap<Integer, Part>();
        parts.forEach(part -> byNumber.put(part.number(), part));
        return byNumber;
    }

    private static boolean isWhole(Upload upload, Part part, int number) {
        return part != null && part.size() == upload.sizeOf(number);
    }

    private Uni<UploadPart> part(Upload upload, int number, Part came) {
        var size = upload.sizeOf(number);
        if (isWhole(upload, came, number))
            return Uni.createFrom().item(new UploadPart(number, size, null, came.etag(), true));
        return storage.partUrl(upload.storageKey, upload.storageUpload, number, size, config.validity())
                .map(url -> new UploadPart(number, size, url, null, false));
    }

    private static <T> Uni<List<T>> each(List<Uni<T>> all) {
        return all.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join().all(all).andFailFast();
    }

    @Description("The request it is for")
    public Uni<List<Request>> request(@Source List<Upload> of) {
        return nodes.of(of, "requestId", Request.class);
    }

    @Description("The asset that it became")
    public Uni<List<Asset>> asset(@Source List<Upload> of) {
        return nodes.of(of, "assetId", Asset.class);
    }

    @Mutation
    @NonNull
    @Description("Declares a file that is to come, and answers where its parts go. Who may add an asset to the request"
            + " may do that; the same id with the same content answers the upload that is there")
    public Uni<Upload> startUpload(@Valid @NonNull @Description("The file") NewUpload input) {
        return uploads.start(input);
    }

    @Mutation
    @NonNull
    @Description("Makes of the parts that have come the asset or the version of a video. Size, checksum and what the"
            + " bytes are have to be as declared. When it takes too long, say it again: it goes on meanwhile")
    public Uni<Upload> completeUpload(
            @Id @NonNull @Description("The upload's id") UUID id,
            @Valid @Description("What has come is compared with this") FinishUpload input) {
        return uploads.complete(id, input).chain(this::upload);
    }

    @Mutation
    @NonNull
    @Description("Gives an upload up; what has come of it is forgotten")
    public Uni<Upload> abortUpload(@Id @NonNull @Description("The upload's id") UUID id) {
        return uploads.abort(id).chain(this::upload);
    }
}
