package io.agencyos.realtime;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.LiveClient.Stream;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A crash of PostgreSQL takes back the numbers of transactions that nothing was left of on the disk, and gives them out
 * again. A place in the log that had been beyond them must not hide what is then written under them.
 */
class LiveCrashIT {

    private static final int BURNT = 500;
    private static final String CREATE = "mutation($id: ID!) {"
            + " createRequest(input: {id: $id, title: \"After the crash\", requestType: CREATIVE}) { id } }";
    private static final String CHANGES =
            "subscription($after: String) { requestChanged(after: $after) { cursor operation id } }";

    private final Person alice = Person.admin("alice");
    private Cluster cluster;
    private Packaged application;
    private LiveClient socket;

    @BeforeEach
    void start() {
        cluster = Cluster.migrated();
        cluster.keepCommits();
        // the numbers that are burnt stay off the disk until something is committed that has to be there
        cluster.sql("alter system set wal_writer_delay = '10s'");
        cluster.sql("select pg_reload_conf()");
        application = Packaged.start(cluster.settings()).awaitReady();
        socket = connect();
        create();
    }

    @AfterEach
    void stop() {
        if (socket != null) socket.close();
        if (application != null) application.close();
        if (cluster != null) cluster.close();
    }

    @Test
    void aStreamThatIsOpenAllTheTimeHearsOfWhatIsWrittenUnderNumbersThatWereTakenBack() {
        burn();
        var stream = subscribe(null);
        stream.live();
        crash();
        assertHearsOrIsToldToReadAnew(stream, create());
    }

    @Test
    void aStreamThatHasHeardNothingButLiveResumesBeforeWhatIsWrittenUnderNumbersThatWereTakenBack() {
        burn();
        var cursor = subscribe(null).live();
        var reached = crash();
        var unheard = create();
        while (newest() <= reached) burn();
        socket.close();
        socket = connect();
        assertHearsOrIsToldToReadAnew(subscribe(cursor), unheard);
    }

    @Test
    void whoReadsAnewAfterACrashThatTookBackWhatWasToldGoesOnFromThere() {
        burn();
        var stream = subscribe(null);
        stream.live();
        assertEquals(createForAMoment(), stream.change().getString("id"));
        crash();
        assertTrue(stream.message().encode().contains("RESYNC_REQUIRED"));
        var anew = subscribe(null);
        anew.live();
        assertEquals(create(), anew.change().getString("id"));
        var transactions = transactions();
        assertTrue(transactions < 500, "The log is read on and on: " + transactions);
    }

    /** How many there are in some seconds in which nothing happens. */
    private long transactions() {
        var before = transactionsSoFar();
        var end = Instant.now().plusSeconds(5);
        Await.until(() -> Instant.now().isAfter(end), () -> "Time stands still");
        return transactionsSoFar() - before;
    }

    private long transactionsSoFar() {
        return Long.parseLong(cluster.find(
                "select xact_commit + xact_rollback from pg_stat_database" + " where datname = current_database()"));
    }

    /** The id of a request that is not on the disk before something else is. */
    private String createForAMoment() {
        var id = UUID.randomUUID().toString();
        cluster.change("set synchronous_commit = off; insert into requests (id, title, request_type)" + " values ('"
                + id + "', 'Before the crash', 'creative')");
        return id;
    }

    private static void assertHearsOrIsToldToReadAnew(Stream stream, String id) {
        var message = stream.message();
        if (message.encode().contains("\"LIVE\"")) message = stream.message();
        var told = message.encode();
        assertTrue(told.contains("RESYNC_REQUIRED") || told.contains(id), told);
    }

    /** Uses numbers of transactions up, by some that do nothing. */
    private void burn() {
        cluster.change(
                "do $$ begin for i in 1.." + BURNT + " loop perform pg_current_xact_id(); commit; end loop; end $$");
    }

    /** Crashes, and makes sure that this has taken numbers back; answers how far they had come. */
    private long crash() {
        var reached = newest();
        cluster.restart("immediate");
        assertTrue(newest() < reached, "The crash took nothing back");
        return reached;
    }

    private long newest() {
        return Long.parseLong(cluster.find("select pg_snapshot_xmax(pg_current_snapshot())"));
    }

    /** The id of a request that is made as soon as the application has got over the crash. */
    private String create() {
        var id = UUID.randomUUID().toString();
        Await.until(() -> made(id), () -> "No request could be made");
        return id;
    }

    private boolean made(String id) {
        return !application.ask(alice, CREATE, Map.of("id", id)).containsKey("errors");
    }

    private Stream subscribe(String after) {
        return socket.subscribe(CHANGES, Work.map("after", after));
    }

    private LiveClient connect() {
        return LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                .signIn(alice.token());
    }
}
