package io.agencyos.realtime;

import java.util.Map;
import java.util.Random;
import java.util.UUID;

import io.agencyos.testing.Await;

import static io.agencyos.testing.Work.map;

/** Writes by mutations, of all kinds that requests and comments have. */
final class SoakCaller extends SoakWriter {

    private static final int FEW = 20;
    private static final String CREATE =
            "mutation($input: CreateRequestInput!) { createRequest(input: $input) { id } }";
    private static final String UPDATE =
            "mutation($id: ID!, $input: UpdateRequestInput!) { updateRequest(id: $id, input: $input) { id } }";
    private static final String DELETE = "mutation($id: ID!) { deleteRequest(id: $id) { id } }";
    private static final String SAY = "mutation($input: CreateCommentInput!) { createComment(input: $input) { id } }";
    private static final String REPHRASE =
            "mutation($id: ID!, $input: UpdateCommentInput!) { updateComment(id: $id, input: $input) { id } }";
    private static final String UNSAY = "mutation($id: ID!) { deleteComment(id: $id) { id } }";

    private final SoakStage stage;

    SoakCaller(SoakStage stage, Random random) {
        super(random);
        this.stage = stage;
    }

    /** Makes something to write on. */
    void prepare() {
        while (stage.requests.size() < FEW) createRequest(stage.client(random));
        while (stage.comments.size() < FEW) createComment(stage.requests.any(random), false);
    }

    /** Lets a request go from one client to another, so that each of them sees something come or go. */
    void move() {
        var clients = stage.clients;
        Await.until(() -> createRequest(clients.get(0)), () -> "No request could be made");
        var input = map("clientId", clients.get(1));
        var last = map("id", stage.requests.last(), "input", input);
        Await.until(() -> succeeds(UPDATE, last), () -> "No request could be moved");
    }

    /** Makes a request for each client, with a comment. */
    void lastWords() {
        for (var client : stage.clients) {
            Await.until(() -> createRequest(client), () -> "No request could be made");
            Await.until(() -> createComment(stage.requests.last(), false), () -> "No comment could be made");
        }
    }

    @Override
    boolean write() {
        var dice = random.nextInt(20);
        if (stage.requests.size() < FEW || dice < 3) return createRequest(stage.client(random));
        if (dice < 9) return updateRequest();
        if (dice < 11) return remove(DELETE, stage.requests);
        if (stage.comments.size() < FEW || dice < 15)
            return createComment(stage.requests.any(random), random.nextInt(3) == 0);
        if (dice < 18) return succeeds(REPHRASE, map("id", stage.comments.any(random), "input", text("content")));
        return remove(UNSAY, stage.comments);
    }

    private boolean createRequest(String client) {
        var input = text("title");
        input.put("requestType", "CREATIVE");
        input.put("clientId", client);
        return make(CREATE, input, stage.requests);
    }

    private boolean updateRequest() {
        var input = text("title");
        if (random.nextInt(5) == 0) input.put("clientId", stage.client(random));
        return succeeds(UPDATE, map("id", stage.requests.any(random), "input", input));
    }

    private boolean createComment(String request, boolean internal) {
        var input = text("content");
        input.put("requestId", request);
        input.put("isInternal", internal);
        return make(SAY, input, stage.comments);
    }

    private boolean make(String mutation, Map<String, Object> input, SoakRows rows) {
        var id = UUID.randomUUID().toString();
        input.put("id", id);
        if (!succeeds(mutation, Map.of("input", input))) return false;
        rows.add(id);
        return true;
    }

    private boolean remove(String mutation, SoakRows rows) {
        var id = rows.any(random);
        rows.remove(id);
        return succeeds(mutation, Map.of("id", id));
    }

    private Map<String, Object> text(String field) {
        return map(field, "By the API " + random.nextLong());
    }

    private boolean succeeds(String mutation, Map<String, Object> variables) {
        var answer = stage.replica(random).ask(stage.alice, mutation, variables);
        return !answer.containsKey("errors");
    }
}
