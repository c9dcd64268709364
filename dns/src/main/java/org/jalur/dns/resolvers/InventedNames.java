package org.jalur.dns.resolvers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jalur.access.DomainName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Answers for an internet in which every name exists, at addresses for documentation (RFC 5737, RFC
 * 3849): what resolvers on loopback ask, and what tells a block from a name that never was.
 */
public final class InventedNames implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InventedNames.class);
    private static final int TTL = 60;
    private static final int LARGEST = 65_535;

    private final Set<DomainName> bare = ConcurrentHashMap.newKeySet();
    private final Set<DomainName> empty = ConcurrentHashMap.newKeySet();
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final InetAddress four = InetAddress.ofLiteral("192.0.2.80");
    private final InetAddress six = InetAddress.ofLiteral("2001:db8::80");

    /** On loopback, at a free port. */
    public InventedNames() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        tcp = new ServerSocket(FreePort.find(), 16, loopback);
        udp = new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()));
        Thread.ofVirtual().name("invented-udp").start(this::receive);
        Thread.ofVirtual().name("invented-tcp").start(this::accept);
    }

    /** Below this name there is "www", and nothing else. */
    public void onlyWwwBelow(DomainName name) {
        bare.add(name);
    }

    /** Below this name there is nothing. */
    public void nothingBelow(DomainName name) {
        empty.add(name);
    }

    private boolean exists(Name asked) {
        String name = asked.toString(true).toLowerCase(Locale.ROOT);
        return empty.stream().noneMatch(one -> name.endsWith("." + one))
                && bare.stream()
                        .noneMatch(one -> name.endsWith("." + one) && !name.equals("www." + one));
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) tcp.getLocalSocketAddress();
    }

    private void receive() {
        byte[] buffer = new byte[LARGEST];
        while (!udp.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException | RuntimeException e) {
                log.debug("a question was not answered: {}", e.toString());
            }
        }
    }

    private void accept() {
        while (!tcp.isClosed()) {
            try {
                Socket client = tcp.accept();
                Thread.ofVirtual().start(() -> converse(client));
            } catch (IOException e) {
                log.debug("nobody more is answered: {}", e.toString());
            }
        }
    }

    private void converse(Socket client) {
        try (client;
                var in = new DataInputStream(client.getInputStream());
                var out = new DataOutputStream(client.getOutputStream())) {
            client.setSoTimeout(10_000);
            while (true) {
                byte[] question = in.readNBytes(in.readUnsignedShort());
                byte[] answer = answer(question);
                out.writeShort(answer.length);
                out.write(answer);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("a client is gone: {}", e.toString());
        }
    }

    private byte[] answer(byte[] octets) throws IOException {
        var query = new Message(octets);
        Record question = query.getQuestion();
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        if (!exists(question.getName())) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
            return answer.toWire();
        }
        switch (question.getType()) {
            case Type.A ->
                    answer.addRecord(
                            new ARecord(question.getName(), DClass.IN, TTL, four), Section.ANSWER);
            case Type.AAAA ->
                    answer.addRecord(
                            new AAAARecord(question.getName(), DClass.IN, TTL, six),
                            Section.ANSWER);
            default -> answer.getHeader().setRcode(Rcode.NOERROR);
        }
        return answer.toWire();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
