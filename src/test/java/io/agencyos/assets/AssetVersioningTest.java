package io.agencyos.assets;

import java.util.List;
import java.util.stream.IntStream;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.LUMEN;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** An asset and its versions: numbered without gaps, exactly one of them current, none ever lost. */
class AssetVersioningTest {

    @RegisterExtension
    static final Story story = new Story();

    private final String request = story.request(BOB, NORTHWIND);
    private final String root = asset(BOB);

    @Test
    void anotherStoragePathMakesTheNextVersion() {
        story.as(BOB).does("update assets set storage_path = 'b', name = 'Better' where id = ?", root);
        assertEquals(List.of("1|Logo|a|f|t", "2|Better|b|t|f"), family());
    }

    @Test
    void aChangeOfTheNameIsNoVersion() {
        story.as(BOB).does("update assets set name = 'Better', storage_path = 'a' where id = ?", root);
        assertEquals(List.of("1|Better|a|t|t"), family());
    }

    @Test
    void aNewVersionMayStartFromAnyOlderOne() {
        upload(root, "b");
        upload(version(2), "c");
        upload(root, "d");
        upload(version(2), "e");
        assertEquals(List.of("1|a|f", "2|b|f", "3|c|f", "4|d|f", "5|e|t"), numbers());
    }

    @Test
    void oneStatementOverTheWholeFamilyKeepsOneCurrent() {
        upload(root, "b");
        upload(root, "c");
        story.as(BOB).does("update assets set storage_path = storage_path || '2' where request_id = ?", request);
        assertEquals("6|1", story.as(BOB).one(COUNT, request));
        assertEquals(
                "6",
                story.as(BOB)
                        .one("select version_number from assets where request_id = ? and is_current_version", request));
    }

    @Test
    void rollingBackAndForwardLosesNothing() {
        upload(root, "b");
        upload(root, "c");
        story.as(BOB).sees("select set_asset_version_as_current(?)", root);
        assertEquals(List.of("1|a|t", "2|b|f", "3|c|f"), numbers());
        story.as(BOB).sees("select set_asset_version_as_current(?)", version(3));
        assertEquals(List.of("1|a|f", "2|b|f", "3|c|t"), numbers());
    }

    @Test
    void makingTheCurrentVersionCurrentChangesNothing() {
        story.as(BOB).sees("select set_asset_version_as_current(?)", root);
        assertEquals("1", story.as(BOB).one("select version from assets where id = ?", root));
    }

    @Test
    void anAssetIsNeverWithoutACurrentVersion() {
        story.as(BOB).isRefused("23514", "update assets set is_current_version = false where id = ?", root);
    }

    @Test
    void whenTheCurrentVersionIsDeletedTheNewestOfTheRestTakesItsPlace() {
        upload(root, "b");
        upload(root, "c");
        story.as(BOB).does("delete from assets where id = ?", version(3));
        assertEquals(List.of("1|a|f", "2|b|t"), numbers());
    }

    @Test
    void twentyUploadsAtOnceGiveNumbersWithoutGapsOrDoubles() {
        Together.all(20, i -> story.as(BOB).does("update assets set storage_path = ? where id = ?", "p" + i, root));
        assertEquals("21|1", story.as(BOB).one(COUNT, request));
        assertEquals(IntStream.rangeClosed(1, 21).boxed().toList().toString(), numbersOnly());
        assertEquals(
                "21",
                story.as(BOB)
                        .one("select version_number from assets where request_id = ? and is_current_version", request));
    }

    @Test
    void twentyVersionsInsertedAtOnceGiveNumbersWithoutGapsOrDoubles() {
        Together.all(20, i -> story.as(i % 2 == 0 ? BOB : CAROL)
                .does(
                        "insert into assets (request_id, name, storage_path, parent_asset_id, created_by) values (?, 'L', ?, ?, ?)",
                        request,
                        "p" + i,
                        root,
                        i % 2 == 0 ? BOB : CAROL));
        assertEquals("21|1", story.as(BOB).one(COUNT, request));
        assertEquals(IntStream.rangeClosed(1, 21).boxed().toList().toString(), numbersOnly());
    }

    @Test
    void uploadsAndRollbacksAtOnceEndWithOneCurrentVersion() {
        upload(root, "b");
        Together.all(20, i -> {
            if (i % 2 == 0) return upload(root, "p" + i);
            return story.as(BOB)
                    .sees("select set_asset_version_as_current(?)", root)
                    .size();
        });
        assertEquals("12|1", story.as(BOB).one(COUNT, request));
    }

    @Test
    void aVersionInsertedByHandFindsItsRootAndItsNumber() {
        upload(root, "b");
        story.as(CAROL)
                .does(
                        "insert into assets (request_id, name, storage_path, parent_asset_id, created_by, version_number)"
                                + " values (?, 'Logo', 'c', ?, ?, 40)",
                        request,
                        version(2),
                        CAROL);
        assertEquals(List.of("1|a|f", "2|b|f", "3|c|t"), numbers());
        assertEquals("2", story.as(BOB).one("select count(*) from assets where parent_asset_id = ?", root));
    }

    @Test
    void aVersionBelongsToTheRequestOfItsAsset() {
        var elsewhere = story.request(BOB, LUMEN);
        story.as(BOB)
                .isRefused(
                        "23514",
                        "insert into assets (request_id, name, parent_asset_id, created_by) values (?, 'x', ?, ?)",
                        elsewhere,
                        root,
                        BOB);
    }

    @Test
    void onlyTheUploaderOrAnAdministratorMakesAVersionCurrent() {
        upload(root, "b");
        story.as(CAROL).isRefused("42501", "select set_asset_version_as_current(?)", root);
        story.as(DANA).isRefused("42501", "select set_asset_version_as_current(?)", root);
        story.as(ADA).sees("select set_asset_version_as_current(?)", root);
        assertEquals(List.of("1|a|t", "2|b|f"), numbers());
    }

    @Test
    void aVersionOfAnotherClientIsNotFound() {
        story.as(ERIN).isRefused("P0002", "select set_asset_version_as_current(?)", root);
    }

    @Test
    void onlyTheUploaderChangesAnAsset() {
        story.as(CAROL).changesNothing("update assets set name = 'x' where id = ?", root);
        story.as(DANA).changesNothing("update assets set storage_path = 'x' where id = ?", root);
        story.as(CAROL).changesNothing("delete from assets where id = ?", root);
    }

    @Test
    void nobodyUploadsInAnothersName() {
        story.as(BOB)
                .isRefused(
                        "42501",
                        "insert into assets (request_id, name, created_by) values (?, 'x', ?)",
                        request,
                        CAROL);
    }

    @Test
    void anAssetMovesToNoOtherRequestFamilyNumberOrUploader() {
        for (var change : List.of(
                "request_id = gen_random_uuid()",
                "parent_asset_id = gen_random_uuid()",
                "version_number = 7",
                "created_by = '" + CAROL.id() + "'"))
            story.as(BOB).isRefused("42501", "update assets set " + change + " where id = ?", root);
    }

    @Test
    void aClientSeesTheAssetsOfTheirRequestsOnly() {
        assertEquals("1", story.as(DANA).one("select count(*) from assets where id = ?", root));
        assertEquals("0", story.as(ERIN).one("select count(*) from assets where id = ?", root));
    }

    private static final String COUNT =
            "select count(*), count(*) filter (where is_current_version) from assets" + " where request_id = ?";

    private String asset(Someone uploader) {
        return story.as(uploader)
                .adds(
                        "insert into assets (request_id, name, storage_path, created_by)"
                                + " values (?, 'Logo', 'a', ?) returning id",
                        request,
                        uploader);
    }

    private static int upload(String asset, String path) {
        return story.as(BOB).does("update assets set storage_path = ? where id = ?", path, asset);
    }

    private String version(int number) {
        return story.as(BOB).one("select id from assets where request_id = ? and version_number = ?", request, number);
    }

    private List<String> family() {
        return story.as(BOB)
                .sees(
                        "select version_number, name, storage_path, is_current_version, parent_asset_id is null"
                                + " from assets where request_id = ? order by version_number",
                        request);
    }

    private List<String> numbers() {
        return story.as(BOB)
                .sees(
                        "select version_number, storage_path, is_current_version"
                                + " from assets where request_id = ? order by version_number",
                        request);
    }

    private String numbersOnly() {
        return story.as(BOB)
                .sees("select version_number from assets where request_id = ? order by version_number", request)
                .toString();
    }
}
