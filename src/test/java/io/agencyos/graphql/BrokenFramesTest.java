package io.agencyos.graphql;

import java.nio.charset.StandardCharsets;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.RawSocket;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What is no websocket at all any more, by RFC 6455. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class BrokenFramesTest {

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int INVALID_TEXT = 1007;
    private static final int TOO_LONG = 1009;
    private static final byte[] PING = "{\"type\": \"ping\"}".getBytes(StandardCharsets.UTF_8);

    private RawSocket socket;

    @BeforeEach
    void open() {
        socket = RawSocket.open().signIn(Person.user("frank-frames"));
    }

    @AfterEach
    void theConnectionIsClosedToo() {
        socket.awaitEnd();
        socket.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 11, 15})
    void anOpcodeThatDoesNotExistCloses1002(int opcode) {
        socket.send(opcode, PING);
        assertEquals(PROTOCOL_ERROR, socket.closeCode());
    }

    @Test
    void aFrameWithoutAMaskCloses1002() {
        socket.send(FIN | RawSocket.TEXT, 0, PING);
        assertEquals(PROTOCOL_ERROR, socket.closeCode());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x20, 0x10})
    void aBitOfAnExtensionThatWasNotAgreedOnCloses1002(int bit) {
        socket.send(FIN | bit | RawSocket.TEXT, MASKED, PING);
        assertEquals(PROTOCOL_ERROR, socket.closeCode());
    }

    @Test
    void aContinuationOfNothingCloses1002() {
        socket.send(0, PING);
        assertEquals(PROTOCOL_ERROR, socket.closeCode());
    }

    @Test
    void aPingInPiecesCloses1002() {
        socket.send(RawSocket.PING, MASKED, new byte[1]);
        assertEquals(PROTOCOL_ERROR, socket.closeCode());
    }

    @Test
    void aPingThatIsTooLongCloses1002() {
        socket.send(RawSocket.PING, new byte[126]);
        assertEquals(PROTOCOL_ERROR, socket.closeCode());
    }

    @Test
    void whatIsNotUtf8Closes1007() {
        socket.send(RawSocket.TEXT, new byte[] {'{', (byte) 0xc3, 0x28, '}'});
        assertEquals(INVALID_TEXT, socket.closeCode());
    }

    @Test
    void halfACharacterAtTheEndCloses1007() {
        socket.send(RawSocket.TEXT, new byte[] {'{', '}', (byte) 0xe2, (byte) 0x82});
        assertEquals(INVALID_TEXT, socket.closeCode());
    }

    @Test
    void aCharacterInTwoFramesIsWhole() {
        var ping = "{\"type\": \"ping\", \"payload\": {\"name\": \"Zoë\"}}".getBytes(StandardCharsets.UTF_8);
        var cut = ping.length - 4;
        socket.send(RawSocket.TEXT, MASKED, java.util.Arrays.copyOf(ping, cut));
        socket.send(0, java.util.Arrays.copyOfRange(ping, cut, ping.length));
        assertEquals(
                "{\"type\":\"pong\",\"payload\":{\"name\":\"Zoë\"}}",
                socket.read().text());
        socket.send(RawSocket.CLOSE, new byte[] {3, (byte) 0xe8});
    }

    @Test
    void aFrameOfTenMegabytesCloses1009() {
        socket.send(RawSocket.TEXT, new byte[10 << 20]);
        assertEquals(TOO_LONG, socket.closeCode());
    }

    @Test
    void manyFramesOfOneMessageClose1009AsWell() {
        var piece = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        socket.send(RawSocket.TEXT, MASKED, piece);
        for (int i = 0; i < 12; i++) socket.send(0, MASKED, piece);
        assertEquals(TOO_LONG, socket.closeCode());
    }

    @Test
    void aMessageOfBytesCloses4400() {
        socket.send(RawSocket.BINARY, PING);
        assertEquals(4400, socket.closeCode());
    }
}
