package org.jalur.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.KindTerms;
import org.jalur.agreement.Organisation;
import org.jalur.agreement.Party;
import org.jalur.agreement.Volume;
import org.jalur.agreement.check.Answer;
import org.jalur.agreement.check.Check;
import org.jalur.agreement.check.Filing;
import org.jalur.agreement.template.Opening;
import org.jalur.agreement.template.Templates;
import org.jalur.agreement.text.AgreementText;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.notice.EvidenceFile;
import org.jalur.notice.Item;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.NoticeReasons;
import org.jalur.notice.Urgency;

/**
 * A notice with as many items as there can be, held against an agreement that asks for everything;
 * its text is read anew each time, as by a node that has just started.
 */
public final class AgreementBench {
    private static final String ORGANISATION = "Otoritas Contoh";
    private static final int RUNS = 200;
    private static final Instant NOW = Instant.parse("2026-06-01T05:00:00Z");

    private AgreementBench() {}

    /**
     * @param arguments how often; {@value #RUNS} unless told
     */
    public static void main(String[] arguments) {
        int runs = arguments.length == 0 ? RUNS : Integer.parseInt(arguments[0]);
        AgreementText text = AgreementText.write(agreement());
        Filing filing = filing();
        long[] nanos = new long[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            Answer answer = Check.of(AgreementText.read(text.octets()).agreement(), filing);
            nanos[i] = System.nanoTime() - start;
            if (!(answer instanceof Answer.Covered)) {
                throw new IllegalStateException("refused: " + answer);
            }
        }
        long first = nanos[0];
        Arrays.sort(nanos);
        System.out.printf(
                "notice of %,d items against an agreement of %,d octets: first %.1f ms, median %.2f ms, p99 %.2f ms%n",
                NoticeFacts.MAX_ITEMS,
                text.octets().length,
                first / 1e6,
                nanos[runs / 2] / 1e6,
                nanos[(int) (runs * 0.99)] / 1e6);
    }

    private static Agreement agreement() {
        Agreement saman =
                Templates.INDONESIA_SAMAN
                        .with(
                                new Opening(
                                        party("otoritas-contoh"),
                                        party("platform-contoh"),
                                        List.of(ORGANISATION),
                                        LocalDate.of(2026, 1, 1),
                                        Optional.empty(),
                                        List.of()))
                        .agreement();
        var volume = new Volume(100, NoticeFacts.MAX_ITEMS, 100_000);
        return new Agreement(
                saman.version(),
                saman.title(),
                saman.authority(),
                saman.platform(),
                saman.term(),
                saman.blockAtSigning(),
                saman.categories(),
                List.of(new Organisation(ORGANISATION, Set.of("terrorism"), volume)),
                List.of(
                        new KindTerms(
                                NoticeKind.ORDER,
                                Set.of(ORGANISATION),
                                Set.of(KindTerms.Evidence.values()))),
                saman.languages(),
                saman.deadlines(),
                saman.calendar(),
                saman.secondReview(),
                saman.interim(),
                saman.userNotice(),
                saman.appeals(),
                saman.retention(),
                saman.accessBlocks(),
                saman.escalation(),
                saman.reporting(),
                volume,
                saman.contacts());
    }

    private static Party party(String id) {
        return new Party(
                new PartyId(id),
                id,
                "ID",
                List.of(new Party.Representative("Sample Representative", "Director", "ID")),
                Hash.sha256(id.getBytes(UTF_8)),
                Optional.empty());
    }

    private static Filing filing() {
        List<Item> items = new ArrayList<>();
        var picture = new EvidenceFile("sample.png", "image/png", "00", "00");
        for (int no = 1; no <= NoticeFacts.MAX_ITEMS; no++) {
            items.add(
                    new Item(
                            no,
                            ItemKind.POST,
                            "https://social.example/p/" + no,
                            Map.of("post", String.valueOf(no)),
                            Optional.empty(),
                            List.of(picture)));
        }
        return new Filing(
                new NoticeFacts(
                        NoticeKind.ORDER,
                        Urgency.URGENT,
                        "terrorism",
                        new NoticeFacts.LegalBasis("Permenkominfo 5/2020", "14"),
                        new NoticeFacts.IssuingBody(
                                "Sample ministry", NoticeFacts.IssuingBody.Type.MINISTRY),
                        ORGANISATION,
                        Optional.of(new NoticeFacts.Letter("Sample 1", LocalDate.of(2026, 6, 1))),
                        "Sample 1",
                        "id",
                        List.of("ID"),
                        "Sample court",
                        Optional.empty(),
                        items.size()),
                new NoticeReasons(
                        "Sample reasons",
                        "Sample contact",
                        Optional.of(new EvidenceFile("letter.pdf", "application/pdf", "00", "00"))),
                items,
                NOW.plus(Duration.ofHours(1)),
                Filing.Before.NOTHING);
    }
}
