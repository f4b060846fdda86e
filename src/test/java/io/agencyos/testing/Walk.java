package io.agencyos.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Walks through all pages of a connection and looks at each page's own account of where it lies.
 *
 * @param person who walks
 * @param before the query up to the connection's name, for one that is nested in other fields
 * @param field the connection's name
 * @param arguments its arguments beside those of paging
 */
public record Walk(Person person, String before, String field, String arguments) {

    private static final String PAGE =
            "nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

    public static Walk of(Person person, String field, String arguments) {
        return new Walk(person, "", field, arguments);
    }

    /** The ids from the first page to the last. */
    public List<String> forward(int size) {
        return forward(size, page -> {});
    }

    /** The same; something happens after each page. */
    public List<String> forward(int size, Consumer<List<String>> between) {
        var all = new ArrayList<String>();
        JsonObject page = null;
        do {
            var came = page != null;
            page = page("first: " + size + (came ? ", after: \"" + info(page).getString("endCursor") + "\"" : ""));
            checkPage(page, size);
            assertEquals(came, info(page).getBoolean("hasPreviousPage"), "hasPreviousPage");
            all.addAll(ids(page));
            between.accept(ids(page));
        } while (info(page).getBoolean("hasNextPage"));
        return all;
    }

    /** The ids from the last page to the first, in the list's order. */
    public List<String> backward(int size) {
        var all = new ArrayList<String>();
        JsonObject page = null;
        do {
            var came = page != null;
            page = page("last: " + size + (came ? ", before: \"" + info(page).getString("startCursor") + "\"" : ""));
            checkPage(page, size);
            assertEquals(came, info(page).getBoolean("hasNextPage"), "hasNextPage");
            all.addAll(0, ids(page));
        } while (info(page).getBoolean("hasPreviousPage"));
        return all;
    }

    /** One page, with these paging arguments. */
    public JsonObject page(String paging) {
        var close = "}".repeat((int) before.chars().filter(c -> c == '{').count());
        var given = arguments.isEmpty() ? paging : arguments + ", " + paging;
        var query = "{ %s page: %s(%s) { %s } %s }".formatted(before, field, given, PAGE, close);
        return find(person.get(query));
    }

    private static JsonObject find(JsonObject data) {
        if (data.containsKey("page")) return data.getJsonObject("page");
        return find((JsonObject) data.iterator().next().getValue());
    }

    private static void checkPage(JsonObject page, int size) {
        var ids = ids(page);
        var edges = page.getJsonArray("edges");
        assertTrue(ids.size() <= size, "a page of " + size + " holds " + ids.size());
        assertEquals(ids, edges.stream().map(Walk::idOfEdge).toList(), "edges and nodes");
        assertEquals(ids.isEmpty() ? null : cursor(edges, 0), info(page).getString("startCursor"));
        assertEquals(
                ids.isEmpty() ? null : cursor(edges, ids.size() - 1), info(page).getString("endCursor"));
        if (ids.isEmpty()) assertEquals(false, info(page).getBoolean("hasNextPage"), "an empty page has no next");
    }

    public static List<String> ids(JsonObject page) {
        return page.getJsonArray("nodes").stream()
                .map(node -> ((JsonObject) node).getString("id"))
                .toList();
    }

    public static JsonObject info(JsonObject page) {
        return page.getJsonObject("pageInfo");
    }

    private static String idOfEdge(Object edge) {
        return ((JsonObject) edge).getJsonObject("node").getString("id");
    }

    private static String cursor(JsonArray edges, int i) {
        return edges.getJsonObject(i).getString("cursor");
    }
}
