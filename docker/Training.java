import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What an archive of the JVM is trained with: people who watch a film's version while comments come in, and who ask for
 * boards and reviews. {@code Training URL TOKEN}; ends with an error when an answer or an event does not come.
 */
public class Training {

    private static final int SUBSCRIBERS = 200;
    private static final int COMMENTS = 150;
    private static final int QUESTIONS = 1500;
    private static final int PATIENCE_SECONDS = 120;

    private static final String CLIENT = UUID.randomUUID().toString();
    private static final String REQUEST = UUID.randomUUID().toString();
    private static final String VIDEO = UUID.randomUUID().toString();
    private static final String VERSION = UUID.randomUUID().toString();

    private static final String WORK =
            """
            mutation Work($client: ID!, $request: ID!, $video: ID!, $version: ID!) {
              createClient(input: {id: $client, name: "Training"}) { id }
              createRequest(input: {id: $request, clientId: $client, title: "Spot", requestType: CREATIVE}) { id }
              createVideoAsset(input: {id: $video, projectId: $request, title: "Film"}) { id }
              createVideoVersion(input: {id: $version, videoAssetId: $video, fileUrl: "https://films.example/spot.mp4",
                frameRateNum: 30000, frameRateDen: 1001}) { id }
            }""";
    private static final String COMMENT =
            """
            mutation Comment($request: ID!, $version: ID!, $content: String!) {
              createComment(input: {requestId: $request, content: $content}) { id content createdAt }
              createTimecodeComment(input: {videoVersionId: $version, frame: 45, content: $content}) { id timecode }
            }""";
    private static final String WATCH =
            """
            subscription Watch($version: ID!) {
              timecodeCommentChanged(videoVersionId: $version) {
                cursor operation id node { content timecode createdAt author { firstName lastName } }
              }
            }""";
    private static final String BOARD =
            """
            query Board {
              requests(filter: {requestType: {eq: CREATIVE}}, orderBy: [{field: CREATED_AT, direction: DESC}], first: 50) {
                totalCount
                nodes {
                  id title status priority dueDate createdAt client { id name } assignedTo { firstName lastName }
                  comments(first: 3) { nodes { id content createdAt } }
                }
              }
            }""";
    private static final String REVIEW =
            """
            query Review($version: ID!) {
              videoVersion(id: $version) {
                id versionNumber frameRate fileUrl
                timecodeComments(first: 20, rootsOnly: true) {
                  nodes {
                    id timecodeSeconds timecode content createdAt author { firstName lastName }
                    replies(first: 10) { nodes { id content author { firstName lastName } } }
                  }
                }
              }
            }""";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private final String token;
    private final CountDownLatch live = new CountDownLatch(SUBSCRIBERS);
    private final CountDownLatch heard = new CountDownLatch(SUBSCRIBERS * COMMENTS);

    private Training(String url, String token) {
        this.url = URI.create(url);
        this.token = token;
    }

    /** Trains the application at an address, as the person of a token. */
    public static void main(String... args) throws Exception {
        new Training(args[0], args[1]).train();
    }

    private void train() throws Exception {
        ask(WORK, "");
        var sockets = watch();
        await(live, "subscriptions");
        for (var i = 0; i < COMMENTS; i++) ask(COMMENT, "This is comment " + i);
        await(heard, "events");
        for (var i = 0; i < QUESTIONS; i++) ask(i % 2 == 0 ? BOARD : REVIEW, "");
        sockets.forEach(WebSocket::abort);
    }

    private void ask(String query, String content) throws Exception {
        var request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(operation(query, content)))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        if (!answer.startsWith("{\"data\":{") || answer.contains("\"errors\"")) throw new IllegalStateException(answer);
    }

    private static String operation(String query, String content) {
        return """
                {"query": "%s", "variables": {"client": "%s", "request": "%s", "video": "%s", "version": "%s", "content": "%s"}}"""
                .formatted(
                        query.replace("\"", "\\\"").replace("\n", "\\n"),
                        CLIENT,
                        REQUEST,
                        VIDEO,
                        VERSION,
                        content);
    }

    private List<WebSocket> watch() {
        var address = URI.create("ws" + url.toString().substring("http".length()));
        var sockets = new ArrayList<WebSocket>();
        for (var i = 0; i < SUBSCRIBERS; i++)
            sockets.add(http.newWebSocketBuilder()
                    .subprotocols("graphql-transport-ws")
                    .buildAsync(address, new Watcher())
                    .join());
        return sockets;
    }

    private static void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
            throw new IllegalStateException(latch.getCount() + " " + what + " did not come");
    }

    /** One who watches: signs in, subscribes, counts. */
    private final class Watcher implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void onOpen(WebSocket socket) {
            socket.sendText(
                    "{\"type\": \"connection_init\", \"payload\": {\"authorization\": \"Bearer " + token + "\"}}", true);
            socket.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                hear(socket, text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void hear(WebSocket socket, String message) {
            if (message.contains("connection_ack"))
                socket.sendText(
                        "{\"id\": \"1\", \"type\": \"subscribe\", \"payload\": " + operation(WATCH, "") + "}", true);
            else if (message.contains("\"LIVE\"")) live.countDown();
            else if (message.contains("This is comment")) heard.countDown();
            else if (message.contains("\"ping\"")) socket.sendText("{\"type\": \"pong\"}", true);
            else throw new IllegalStateException(message);
        }
    }
}
