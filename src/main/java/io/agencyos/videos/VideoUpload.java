package io.agencyos.videos;

import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.assets.ReceivedFile;
import io.agencyos.assets.Upload;
import io.agencyos.assets.UploadTarget;
import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.smallrye.mutiny.Uni;

/** An upload becomes a version of a video, which waits for its processing. It has the upload's id: there can be one. */
@ApplicationScoped
class VideoUpload implements UploadTarget {

    private static final Set<String> CONTAINERS =
            Set.of("application/mp4", "application/mxf", "application/ogg", "application/x-matroska");

    @Override
    public boolean takes(Upload upload) {
        return upload.videoAssetId != null;
    }

    @Override
    public boolean takesType(String contentType) {
        return contentType.startsWith("video/") || contentType.startsWith("audio/") || CONTAINERS.contains(contentType);
    }

    @Override
    public Uni<Void> complete(Upload upload, ReceivedFile file) {
        upload.videoVersionId = upload.id;
        return Db.execute(Sql.of(
                        "insert into video_versions (id, video_asset_id, version_label, change_notes, file_path,"
                                + " file_size_bytes, mime_type, uploaded_by) values (?, ?, ?, ?, ?, ?, ?, ?)",
                        upload.id,
                        upload.videoAssetId,
                        upload.label,
                        upload.notes,
                        file.key(),
                        file.size(),
                        file.contentType(),
                        upload.createdBy))
                .replaceWithVoid();
    }
}
