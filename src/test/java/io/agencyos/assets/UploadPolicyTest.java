package io.agencyos.assets;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.LUMEN;
import static io.agencyos.testing.Someone.NORTHWIND;
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Uploads are their author's, come to one end, and leave no file behind that nobody knows of. */
class UploadPolicyTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String INSERT =
            "insert into uploads (request_id, filename, size_bytes, content_type, part_size,"
                    + " storage_key, created_by, expires_at)"
                    + " values (?, ?, 100, 'image/png', 5242880, 'chosen', ?, now() + interval '1 hour')";
    private final String request = story.request(BOB, NORTHWIND);

    @Test
    void whoMayAddAnAssetMayUpload() {
        upload(CAROL, "a.png");
        upload(DANA, "a.png");
        story.as(ERIN).isRefused("42501", INSERT, request, "a.png", ERIN);
    }

    @Test
    void nobodyUploadsInAnothersName() {
        story.as(BOB).isRefused("42501", INSERT, request, "a.png", CAROL);
        story.as(ADA).isRefused("42501", INSERT, request, "a.png", BOB);
    }

    @Test
    void onlyTheAuthorAndAdministratorsSeeAndChangeAnUpload() {
        var upload = upload(DANA, "a.png");
        assertEquals("1", count(DANA, upload));
        assertEquals("1", count(ADA, upload));
        assertEquals("0", count(BOB, upload));
        assertEquals("0", count(ERIN, upload));
        story.as(BOB).changesNothing("update uploads set state = 'aborted' where id = ?", upload);
        story.as(BOB).isRefused("42501", "delete from uploads where id = ?", upload);
    }

    private static String count(Someone who, String upload) {
        return story.as(who).one("select count(*) from uploads where id = ?", upload);
    }

    @Test
    void theDatabaseChoosesTheKey() {
        var upload = upload(BOB, "Größe & mehr.png");
        var key = story.as(BOB).one("select storage_key from uploads where id = ?", upload);
        assertEquals("work/" + request + "/" + upload + "/original/Gr_e_mehr.png", key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", ".htaccess", "ä"})
    void aKeyIsAlwaysOne(String filename) {
        var upload = upload(BOB, filename);
        var key = story.as(BOB).one("select storage_key from uploads where id = ?", upload);
        assertTrue(key.matches(".*/original/[A-Za-z0-9_-][A-Za-z0-9._-]*"), key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a\\b", "a\nb", " ", ""})
    void aFilenameIsNoPath(String filename) {
        story.as(BOB).isRefused("23514", INSERT, request, filename, BOB);
    }

    @Test
    void anUploadHasOneEndAndStaysWhatItWas() {
        var upload = upload(BOB, "a.png");
        for (var change : new String[] {
            "size_bytes = 7",
            "filename = 'b'",
            "storage_key = 'x'",
            "content_type = 'text/html'",
            "request_id = '" + story.request(BOB, LUMEN) + "'"
        }) story.as(BOB).isRefused("42501", "update uploads set " + change + " where id = ?", upload);
        story.as(BOB).does("update uploads set storage_upload = 'one' where id = ?", upload);
        story.as(BOB).isRefused("42501", "update uploads set storage_upload = 'two' where id = ?", upload);
        story.as(BOB).does("update uploads set state = 'aborted' where id = ?", upload);
        story.as(BOB).isRefused("42501", "update uploads set state = 'started' where id = ?", upload);
    }

    @Test
    void whatEndsWithoutResultIsToBeRemovedFromTheStorage() {
        for (var state : new String[] {"aborted", "failed"}) {
            var upload = upload(BOB, "a.png");
            story.as(BOB).does("update uploads set storage_upload = 'one', state = ? where id = ?", state, upload);
            assertEquals("1", orphans("work/" + request + "/" + upload + "/original/a.png"));
        }
    }

    @Test
    void whatNobodyGoesOnWithExpires() {
        var late = upload(BOB, "a.png");
        var good = upload(BOB, "a.png");
        story.asSuperuser().does("update uploads set expires_at = now() - interval '1 second' where id = ?", late);
        story.as(SYSTEM).sees("select expire_uploads()");
        assertEquals("expired", story.as(BOB).one("select state from uploads where id = ?", late));
        assertEquals("started", story.as(BOB).one("select state from uploads where id = ?", good));
        assertEquals("1", orphans("work/" + request + "/" + late + "/original/a.png"));
        story.as(BOB).isRefused("42501", "select expire_uploads()");
    }

    @Test
    void theFileOfAnAssetThatGoesIsToBeRemovedUnlessAnotherVersionHasIt() {
        var key = "work/" + request + "/" + BOB.id() + "/original/a.png";
        var first = asset(key, null);
        asset(key, first);
        var third = asset(key.replace("a.png", "b.png"), first);
        story.as(BOB).does("delete from assets where id = ?", third);
        assertEquals("1", orphans(key.replace("a.png", "b.png")));
        assertEquals("0", orphans(key));
        story.as(BOB).does("delete from requests where id = ?", request);
        assertTrue(Integer.parseInt(orphans(key)) > 0);
    }

    @Test
    void noAssetShowsTheFileOfAnotherRequest() {
        var elsewhere = story.request(BOB, LUMEN);
        for (var column : new String[] {"storage_path", "preview_url", "thumbnail_url"})
            story.as(BOB)
                    .isRefused(
                            "23514",
                            "insert into assets (request_id, name, created_by, " + column + ") values (?, 'x', ?, ?)",
                            request,
                            BOB,
                            "work/" + elsewhere + "/" + BOB.id() + "/original/a.png");
    }

    @Test
    void onlyTheApplicationLooksAtWhatIsLeftOver() {
        story.as(BOB).does("update uploads set state = 'aborted' where id = ?", upload(BOB, "a.png"));
        assertEquals("0", story.as(BOB).one("select count(*) from orphaned_files"));
        story.as(BOB).changesNothing("delete from orphaned_files");
        story.as(BOB).isRefused("42501", "insert into orphaned_files (storage_key) values ('work/x')");
        story.as(BOB).isRefused("42501", "select take_picture()");
        story.as(BOB).isRefused("42501", "select orphan_file('work/x', null)");
    }

    private static String orphans(String key) {
        return story.as(SYSTEM).one("select count(*) from orphaned_files where storage_key = ?", key);
    }

    private String asset(String path, String parent) {
        return story.as(BOB)
                .adds(
                        "insert into assets (request_id, name, storage_path, parent_asset_id, created_by)"
                                + " values (?, 'Logo', ?, ?, ?) returning id",
                        request,
                        path,
                        parent,
                        BOB);
    }

    private String upload(Someone who, String filename) {
        return story.as(who).adds(INSERT + " returning id", request, filename, who);
    }
}
