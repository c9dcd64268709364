package org.jalur.access.text;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.check.Answered;
import org.jalur.access.check.CheckedOrder;
import org.jalur.access.check.Concern;
import org.jalur.access.check.Finding;
import org.jalur.access.order.AccessOrder;
import org.jalur.access.order.BlockedName;
import org.jalur.access.order.Condition;
import org.jalur.access.order.Ground;
import org.jalur.access.order.Scope;
import org.jalur.agreement.ladder.LadderEvent.Proof;
import org.jalur.channel.MalformedMessageException;
import org.jalur.log.Hash;
import org.jalur.notice.NoticeFacts.LegalBasis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderTextTest {
    private static final String REASON = "Sample reason of more than twenty characters.";
    private static final Hash DIGEST = Hash.sha256(new byte[] {7});
    private static final Finding SHARED =
            new Finding("t.me", Concern.SHARED_NAME, List.of("every public channel link"));
    private static final CheckedOrder CHECKED =
            new CheckedOrder(
                    order(
                            new Ground.UnansweredNotices(
                                    List.of(
                                            new Ground.Unanswered(
                                                    DIGEST, new Proof.Receipt(DIGEST)),
                                            new Ground.Unanswered(
                                                    Hash.sha256(new byte[0]),
                                                    new Proof.Attempt(DIGEST))),
                                    "Access block possible")),
                    List.of(
                            new Answered(SHARED, Optional.of(REASON)),
                            new Answered(
                                    new Finding("t.me", Concern.LEAVES_SUBDOMAINS, List.of()),
                                    Optional.empty())));
    private static final String JSON = new String(OrderText.write(CHECKED).octets(), UTF_8);

    private static AccessOrder order(Ground ground) {
        return new AccessOrder(
                "001/2026",
                "Kementerian Contoh",
                List.of(
                        BlockedName.exactly(DomainName.read("t.me")),
                        BlockedName.withSubdomains(DomainName.read("web.platform.example"))),
                ground,
                new LegalBasis("Permenkominfo 5/2020", "7"),
                new Scope(Scope.Meant.WEB_ONLY, "Jalur \"lain\" – juga."),
                List.of(
                        new Condition.AgreementInForce(),
                        new Condition.RepresentativeConfirmed("ID"),
                        new Condition.ContentGone(DIGEST, 166),
                        new Condition.ContactAnswers(),
                        new Condition.Other("Sample words")),
                Instant.parse("2026-03-05T03:00:00Z"),
                Instant.parse("2026-03-12T03:00:00.001Z"),
                Instant.parse("2026-04-04T03:00:00Z"));
    }

    @Test
    void whatIsWrittenReadsBackAndHasOneDigest() {
        for (Ground ground : List.of(CHECKED.order().ground(), new Ground.Other("Sample"))) {
            var checked = new CheckedOrder(order(ground), CHECKED.findings());

            OrderText text = OrderText.write(checked);

            assertThat(OrderText.read(text.octets()).checked()).isEqualTo(checked);
            assertThat(OrderText.read(text.octets())).isEqualTo(text);
            assertThat(OrderText.write(checked).digest()).isEqualTo(text.digest());
        }
    }

    @Test
    void octetsCannotBeChangedAfterwards() {
        byte[] octets = JSON.getBytes(UTF_8);
        OrderText text = OrderText.read(octets);

        Arrays.fill(octets, (byte) 0);
        Arrays.fill(text.octets(), (byte) 0);

        assertThat(text.octets()).isEqualTo(JSON.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"reference"              | {"ip":"192.0.2.1","reference"           | unknown member "ip"
                    {"reference"              | {"reference":"2","reference"            | Duplicate
                    "reference":"001/2026"    | "reference":1                           | wrong type
                    "reference":"001/2026"    | "reference":null                        | neither a string
                    "withSubdomains":true     | "withSubdomains":"true"                 | wrong type
                    "withSubdomains":true     | "withSubdomains":true,"ip":"192.0.2.1"  | unknown member "ip"
                    "items":166               | "items":166.0                           | neither a string
                    "items":166               | "items":99999999999                     | write a smaller number
                    "takesEffectAt":"2026-03-05T03:00:00Z" | "takesEffectAt":"2026-03-05T10:00:00+07:00" | UTC time
                    "meant":"web_only"        | "meant":"WEB_ONLY"                      | use one of [web_only
                    "type":"content_gone"     | "type":"bribe_paid"                     | unknown "bribe_paid"
                    "type":"receipt"          | "type":"rumour"                         | unknown "rumour"
                    "concern":"shared_name"   | "concern":"none"                        | use one of
                    "step":"Access block possible" | "step":[[[[[[[[[[1]]]]]]]]]]       | nesting depth
                    """)
    void whatIsNotTheFormatIsRefusedWithThePlace(String good, String bad, String why) {
        assertThat(JSON).contains(good);

        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> read(JSON.replace(good, bad)))
                .withMessageContaining(why);
    }

    @Test
    void whatIsNoJsonObjectInUtf8IsRefused() {
        for (byte[] octets :
                List.of(
                        new byte[0],
                        "[]".getBytes(UTF_8),
                        (JSON + " {}").getBytes(UTF_8),
                        JSON.substring(0, JSON.length() - 1).getBytes(UTF_8),
                        JSON.getBytes(UTF_16),
                        new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"'},
                        new byte[OrderText.MAX_BYTES + 1])) {
            assertThatExceptionOfType(MalformedMessageException.class)
                    .isThrownBy(() -> OrderText.read(octets));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "name":"t.me","with       | "name":"T.me","with                     | NAME_ENCODING
                    "name":"t.me","with       | "name":"192.0.2.7","with                | NAME_IS_ADDRESS
                    "name":"t.me","with       | "name":"*.t.me","with                   | NAME_IS_WILDCARD
                    "name":"t.me","with       | "name":"web.platform.example","with     | TWICE
                    "concern":"shared_name"   | "concern":"control"                     | FORBIDDEN
                    "reason":"Sample reason of more than twenty characters." | "reason":"ok" | REASON
                    "conditions":[            | "conditions":[],"x":[                   | NONE
                    "endsAt":"2026-04-04      | "endsAt":"2026-03-04                    | NOT_AFTER
                    "reference":"001/2026"    | "reference":" "                         | EMPTY
                    """)
    void whatNoOrderCanHoldIsRefusedByItsRule(String good, String bad, AccessRule rule) {
        assertThat(JSON).contains(good);

        assertThatExceptionOfType(InvalidAccessException.class)
                .isThrownBy(() -> read(JSON.replace(good, bad)))
                .matches(e -> e.rule() == rule);
    }

    @Test
    void noticeIsNamedOnceInAGround() {
        var one = new Ground.Unanswered(DIGEST, new Proof.Receipt(DIGEST));

        assertThatExceptionOfType(InvalidAccessException.class)
                .isThrownBy(() -> new Ground.UnansweredNotices(List.of(one, one), "ST3"))
                .matches(e -> e.rule() == AccessRule.TWICE);
    }

    @Test
    void findingsWithoutWeightNeedNoReasonAndForbiddenOnesHaveNone() {
        var noted = new Finding("t.me", Concern.POPULAR_SIBLING, List.of("sample.example"));

        assertThat(
                        new CheckedOrder(
                                        CHECKED.order(),
                                        List.of(new Answered(noted, Optional.empty())))
                                .findings())
                .hasSize(1);
        for (Concern concern :
                Stream.of(Concern.values())
                        .filter(one -> one.weight() == Concern.Weight.FORBIDS)
                        .toList()) {
            var forbidden = new Finding("t.me", concern, List.of("1", "2"));
            assertThatExceptionOfType(InvalidAccessException.class)
                    .isThrownBy(() ->
                            new CheckedOrder(
                                    CHECKED.order(),
                                    List.of(new Answered(forbidden, Optional.of(REASON)))))
                    .matches(e -> e.rule() == AccessRule.FORBIDDEN);
        }
    }

    private static OrderText read(String json) {
        return OrderText.read(json.getBytes(UTF_8));
    }
}
