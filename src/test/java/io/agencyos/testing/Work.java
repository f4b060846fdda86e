package io.agencyos.testing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes what the tests work on; every piece under a name that no other test uses. */
public final class Work {

    private static final String CREATE_REQUEST =
            "mutation($input: CreateRequestInput!) { createRequest(input: $input) { id } }";
    private static final String CREATE_CLIENT =
            "mutation($input: CreateClientInput!) { createClient(input: $input) { id } }";
    private static final String CREATE_COMMENT =
            "mutation($input: CreateCommentInput!) { createComment(input: $input) { id } }";
    private static final String CREATE_TIMECODE_COMMENT =
            "mutation($input: CreateTimecodeCommentInput!) { createTimecodeComment(input: $input) { id } }";
    private static final String ADD_MEMBER =
            "mutation($client: ID!, $who: ID!) { addClientMember(clientId: $client, profileId: $who) { id } }";

    private Work() {}

    /** A name that starts like this and is used by nobody else. */
    public static String name(String start) {
        return start + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    public static Person admin() {
        return Person.admin(name("admin"));
    }

    public static Person user() {
        return Person.user(name("user"));
    }

    /** Somebody of role client who is a member of no client. */
    public static Person stranger() {
        return Person.client(name("stranger"));
    }

    /** A member of this client. */
    public static Person member(String client) {
        var person = Person.client(name("member"));
        admin().get(ADD_MEMBER, map("client", client, "who", person.id().toString()));
        return person;
    }

    /** A client's id. */
    public static String client(Object... fields) {
        return make(admin(), CREATE_CLIENT, "createClient", defaults("name", name("Client "), fields));
    }

    /** The id of a request that this person makes. */
    public static String request(Person by, Object... fields) {
        var input = defaults("title", name("Request "), fields);
        input.putIfAbsent("requestType", "CREATIVE");
        return make(by, CREATE_REQUEST, "createRequest", input);
    }

    /** The id of a comment that this person makes. */
    public static String comment(Person by, String request, Object... fields) {
        var input = defaults("content", name("Comment "), fields);
        input.put("requestId", request);
        return make(by, CREATE_COMMENT, "createComment", input);
    }

    /** The id of a comment on a film that this person makes. */
    public static String timecodeComment(Person by, String version, Object... fields) {
        var input = defaults("content", name("Comment "), fields);
        input.put("videoVersionId", version);
        if (Stream.of("frame", "timecode", "parentCommentId").noneMatch(input::containsKey))
            input.putIfAbsent("timecodeSeconds", 1.0);
        return make(by, CREATE_TIMECODE_COMMENT, "createTimecodeComment", input);
    }

    /** The id of a row of what the API makes none of yet; columns and values in turn. */
    public static String row(String table, Object... columns) {
        var row = map(columns);
        var marks = String.join(", ", row.keySet().stream().map(column -> "?").toList());
        var sql = "insert into " + table + " (" + String.join(", ", row.keySet()) + ") values (" + marks
                + ") returning id";
        return Psql.column(sql, row.values().toArray()).get(0);
    }

    /** The id of a video of this request. */
    public static String video(String request, Object... columns) {
        var row = defaults("title", name("Video "), columns);
        row.put("project_id", request);
        return row("video_assets", flat(row));
    }

    /** The id of a version of this video, of 25 frames a second unless given. */
    public static String version(String video, Object... columns) {
        var row = defaults("frame_rate", 25, columns);
        row.put("video_asset_id", video);
        return row("video_versions", flat(row));
    }

    /** The id of a task of this request. */
    public static String task(String request, Object... columns) {
        var row = defaults("title", name("Task "), columns);
        row.put("request_id", request);
        return row("project_tasks", flat(row));
    }

    private static Object[] flat(Map<String, Object> map) {
        return map.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray();
    }

    /** Keys and values in turn; a value may be null. */
    public static Map<String, Object> map(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (var i = 0; i < keysAndValues.length; i += 2) map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        return map;
    }

    private static Map<String, Object> defaults(String key, Object value, Object... fields) {
        var input = new HashMap<String, Object>();
        input.put(key, value);
        input.putAll(map(fields));
        return input;
    }

    private static String make(Person by, String mutation, String name, Map<String, Object> input) {
        return by.get(mutation, map("input", input)).getJsonObject(name).getString("id");
    }
}
