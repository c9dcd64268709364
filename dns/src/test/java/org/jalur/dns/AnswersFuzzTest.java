package org.jalur.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/// Any octets from anybody: an answer that can be read, or none; and nothing of a zone for
/// strangers.
class AnswersFuzzTest {
    private static final InetAddress STRANGER = InetAddress.ofLiteral("198.51.100.7");

    private final Answers answers = answers();

    private static Answers answers() {
        var one = Loopback.secondary("one", Optional.empty());
        var two = Loopback.secondary("two", Optional.of(Loopback.KEY));
        var answers =
                new Answers(
                        List.of(one, two),
                        new SecondaryStates(Clock.systemUTC()),
                        Loopback.WIDE,
                        Clock.systemUTC());
        answers.serve(new TestZone(TestZone.ORDERS, "one.example", "*.two.example").served());
        return answers;
    }

    @FuzzTest
    void strangersGetAtMostARefusal(byte[] data) throws IOException {
        switch (answers.reply(STRANGER, data, true)) {
            case Answers.Reply.Silence() -> {}
            case Answers.Reply.One(byte[] message) -> {
                var read = new Message(message);
                assertThat(read.getSection(Section.ANSWER)).isEmpty();
                assertThat(read.getSection(Section.AUTHORITY)).isEmpty();
                assertThat(message.length).isLessThanOrEqualTo(data.length + 300);
            }
            case Answers.Reply.Many(_) -> throw new AssertionError("a stranger got the zone");
        }
    }

    @FuzzTest
    void secondaryGetsReadableAnswers(byte[] data) throws IOException {
        for (boolean tcp : new boolean[] {true, false}) {
            switch (answers.reply(Loopback.ADDRESS, data, tcp)) {
                case Answers.Reply.Silence() -> {}
                case Answers.Reply.One(byte[] message) -> {
                    new Message(message);
                    assertThat(message.length).isLessThanOrEqualTo(Query.UDP + 300);
                }
                case Answers.Reply.Many(Transfer transfer) -> {
                    var messages = new AtomicInteger();
                    transfer.write(message -> {
                        new Message(message);
                        messages.incrementAndGet();
                    });
                    assertThat(messages).hasValueGreaterThan(0);
                }
            }
        }
    }
}
