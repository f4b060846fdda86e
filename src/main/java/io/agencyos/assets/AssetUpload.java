package io.agencyos.assets;

import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** An upload becomes an asset, or a version of one. The asset has the upload's id, so it can only be made once. */
@ApplicationScoped
class AssetUpload implements UploadTarget {

    @Override
    public boolean takes(Upload upload) {
        return upload.videoAssetId == null;
    }

    @Override
    public boolean takesType(String contentType) {
        return true;
    }

    @Override
    public Uni<Void> complete(Upload upload, ReceivedFile file) {
        upload.assetId = upload.id;
        if (Pictures.canRead(file.contentType())) upload.picture = "pending";
        return Db.execute(insert(upload, file)).replaceWithVoid();
    }

    private static Sql insert(Upload upload, ReceivedFile file) {
        var known = new JsonObject().put("size", file.size()).put("contentType", file.contentType());
        if (file.contentType().startsWith("image/") && !Pictures.canRead(file.contentType()))
            known.put("pictureFailure", "Pictures of this kind are not read");
        if (upload.sha256 != null) known.put("sha256", upload.sha256);
        var type = MediaKind.fileType(file.contentType()).name().toLowerCase(Locale.ROOT);
        return Sql.of(
                "insert into assets (id, request_id, name, file_type, original_filename, storage_path, metadata,"
                        + " parent_asset_id, version_notes, version_type, created_by)"
                        + " values (?, ?, coalesce(cast(? as text), (select name from assets where id = ?), ?), ?, ?, ?,"
                        + " cast(cast(? as text) as jsonb), ?, ?, 'auto', ?)",
                upload.id,
                upload.requestId,
                upload.name,
                upload.versionOfId,
                upload.filename,
                type,
                upload.filename,
                file.key(),
                known.encode(),
                upload.versionOfId,
                upload.notes,
                upload.createdBy);
    }
}
