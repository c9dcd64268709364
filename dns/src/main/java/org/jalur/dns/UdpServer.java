package org.jalur.dns;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers over UDP, one after the other: each takes microseconds. */
final class UdpServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UdpServer.class);

    private final Answers answers;
    private final DatagramSocket socket;
    private final Thread receiver;

    UdpServer(Answers answers, InetSocketAddress at) throws IOException {
        this.answers = answers;
        socket = new DatagramSocket(at);
        receiver = Thread.ofVirtual().name("dns-udp").start(this::receive);
    }

    private void receive() {
        // One octet more than is read, to see what is longer.
        byte[] buffer = new byte[Limits.QUERY + 1];
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                if (packet.getLength() <= Limits.QUERY) {
                    answer(packet);
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    log.debug("a datagram failed: {}", e.toString());
                }
            } catch (RuntimeException e) {
                log.error("a datagram failed", e);
            }
        }
    }

    private void answer(DatagramPacket packet) throws IOException {
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        switch (answers.reply(packet.getAddress(), query, false)) {
            case Answers.Reply.One(byte[] message) ->
                    socket.send(
                            new DatagramPacket(message, message.length, packet.getSocketAddress()));
            case Answers.Reply.Silence(), Answers.Reply.Many(_) -> {
                // A transfer over UDP is one message already.
            }
        }
    }

    @Override
    public void close() {
        socket.close();
        Ending.await(receiver);
    }
}
