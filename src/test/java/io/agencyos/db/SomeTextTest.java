package io.agencyos.db;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What looks empty is empty, in Java and in SQL. */
class SomeTextTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final Pattern SEEN = Pattern.compile(SomeText.REGEXP);

    @Test
    void javaAndSqlAgreeOnEveryCharacter() {
        var unseen = IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .filter(point -> !SEEN.matcher(Character.toString(point)).matches())
                .mapToObj(String::valueOf)
                .toList();
        assertTrue(unseen.size() > 4_000 && unseen.size() < 5_000, () -> "" + unseen.size());
        assertEquals(
                unseen,
                story.asSuperuser()
                        .sees("select n from generate_series(1, 1114111) n where n not between 55296 and 57343"
                                + " and not is_seen(chr(n)) order by n"));
    }

    @Test
    void everythingThatUnicodeCallsSpaceOrControlIsUnseen() {
        var seen = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(point -> Character.isWhitespace(point)
                        || Character.isSpaceChar(point)
                        || Character.getType(point) == Character.CONTROL)
                .filter(point -> SEEN.matcher(Character.toString(point)).matches())
                .boxed()
                .toList();
        assertEquals(List.of(), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " .", "\u00a0ä\n", "\ud83d\udc4d", "\u200d\n\u4e00", "0\u200b"})
    void wordsAreSeenWhateverStandsAroundThem(String text) {
        assertTrue(SEEN.matcher(text).matches());
        assertEquals("t", story.asSuperuser().one("select is_seen(?)", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "\u00a0", "\u200b\u2060", "\u3164", "\ufeff \u200e", "\u2800"})
    void nobodySaysNothingAlsoPastTheApplication(String text) {
        var request = story.request(BOB, NORTHWIND);
        var comment = "insert into comments (request_id, user_id, content) values (?, ?, ?)";
        assertRefused("content", story.as(BOB).isRefused("23514", comment, request, BOB, text));
        var video = "insert into video_assets (project_id, created_by, title) values (?, ?, ?)";
        assertRefused("title", story.as(BOB).isRefused("23514", video, request, BOB, text));
        var asset = "insert into assets (request_id, created_by, name) values (?, ?, ?)";
        assertRefused("name", story.as(BOB).isRefused("23514", asset, request, BOB, text));
        var retitled = "update requests set title = ? where id = ?";
        assertRefused("title", story.as(BOB).isRefused("23514", retitled, text, request));
    }

    private static void assertRefused(String column, Exception refused) {
        assertTrue(refused.getMessage().contains("must not be blank"), refused::getMessage);
        assertTrue(((org.postgresql.util.PSQLException) refused)
                .getServerErrorMessage()
                .getColumn()
                .equals(column));
    }

    @Test
    void whatAnOldDumpBringsMayBeBlank() {
        var request = story.request(BOB, NORTHWIND);
        story.asSuperuser()
                .does(
                        "insert into comments (request_id, user_id, content, created_at) values (?, ?, ' ', '2020-01-01')",
                        request,
                        BOB);
        assertEquals(
                1, story.asSuperuser().does("update comments set is_resolved = true where request_id = ?", request));
    }
}
