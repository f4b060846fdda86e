package io.agencyos.realtime;

import java.util.UUID;

import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Work;

/**
 * Where rows can be made of which one reader may hear.
 *
 * @param reader of whatever concerns persons it is theirs, of all else that of their client
 * @param slackId the reader's id in Slack
 */
record Ground(
        Person reader,
        String client,
        String slackId,
        String request,
        String asset,
        String video,
        String version,
        String comment) {

    /** With a reader who is a member of a client of their own. */
    static Ground ofAClient() {
        var client = Work.client();
        return of(client, Work.member(client));
    }

    /** With a reader of the staff. */
    static Ground ofAPerson() {
        return of(Work.client(), Work.user());
    }

    private static Ground of(String client, Person reader) {
        var slackId = Work.name("U");
        prepare("update profiles set slack_id = ? where id = ? returning id", slackId, reader.id());
        return of(client, reader, slackId);
    }

    private static Ground of(String client, Person reader, String slackId) {
        var request = prepare(
                "insert into requests (title, request_type, client_id) values ('Spot', 'creative', ?::uuid)"
                        + " returning id",
                client);
        var asset = prepare("insert into assets (request_id, name) values (?::uuid, 'Poster') returning id", request);
        var video =
                prepare("insert into video_assets (project_id, title) values (?::uuid, 'Spot') returning id", request);
        var version = prepare("insert into video_versions (video_asset_id) values (?::uuid) returning id", video);
        var comment = prepare(
                "insert into timecode_comments (video_version_id, timecode_seconds, content) values (?::uuid, 1, 'Nice')"
                        + " returning id",
                version);
        return new Ground(reader, client, slackId, request, asset, video, version, comment);
    }

    UUID readerId() {
        return reader.id();
    }

    /** Another request of the same client and reader. */
    Ground beside() {
        return of(client, reader, slackId);
    }

    private static String prepare(String sql, Object... values) {
        return Psql.column(sql, values).get(0);
    }

    /** Makes or changes a row past all policies; answers its id. */
    static String add(String sql, Object... values) {
        var id = prepare(sql, values);
        tell();
        return id;
    }

    /** Says that something has committed, as a replica does: the feed looks for what nobody says four times a second. */
    static void tell() {
        var envelope = Envelope.head(Work.name("test"), 1) + new Envelope.Message("changes", "").framed();
        Psql.column("select pg_notify('agency_relay', ?)::text", envelope);
    }
}
