package io.agencyos.tags;

import java.util.List;

import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Administrators keep the vocabulary; a request is tagged by those who may change it. */
class TagPolicyTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String ATTACH = "insert into request_tags (request_id, tag_id) values (?, ?)";
    private final String request = story.request(BOB, NORTHWIND);
    private final String tag = story.as(ADA).adds("insert into tags (name) values ('Launch') returning id");

    @Test
    void onlyAdministratorsKeepTheVocabulary() {
        for (var who : List.of(BOB, DANA)) {
            story.as(who).isRefused("42501", "insert into tags (name) values ('x')");
            story.as(who).changesNothing("update tags set name = 'x'");
            story.as(who).changesNothing("delete from tags");
        }
    }

    @Test
    void aRequestIsTaggedByThoseWhoMayChangeIt() {
        story.as(CAROL).isRefused("42501", ATTACH, request, tag);
        story.as(DANA).isRefused("42501", ATTACH, request, tag);
        assertEquals(1, story.as(BOB).does(ATTACH, request, tag));
        story.as(CAROL).changesNothing("delete from request_tags where request_id = ?", request);
        assertEquals(1, story.as(BOB).does("delete from request_tags where request_id = ?", request));
    }

    @Test
    void aClientSeesTheTagsOfTheirRequestsOnly() {
        assertEquals(List.of(), story.as(DANA).sees("select id from tags where id = ?", tag));
        story.as(BOB).does(ATTACH, request, tag);
        assertEquals(List.of(tag), story.as(DANA).sees("select id from tags where id = ?", tag));
        assertEquals(List.of(), story.as(ERIN).sees("select id from tags where id = ?", tag));
    }
}
