package org.jalur.node.exchange;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.Jws;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.channel.Receipt;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Answer.Reason;
import org.jalur.node.exchange.Outbox.UnacceptableReceiptException;
import org.jalur.node.exchange.Outbox.Verified;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The calls between nodes. A message proves itself; every other call carries a signed request. */
@RestController
@Hidden
class ChannelController {
    static final String MESSAGES = "/channel/messages";
    static final String PARTS = "/channel/parts";
    static final String FETCH = "/channel/parts/fetch";
    static final String PULL = "/channel/pull";
    static final String HISTORY = "/channel/history";
    static final String RECEIPTS = "/channel/receipts";
    static final String ERRANDS = "/channel/errands";

    /** A window of messages with the most leaves a message can have stays under this: 16 MiB. */
    private static final int MOST_MESSAGES = 16 * 1024 * 1024;

    private static final int MOST_OF_A_QUESTION = 1024;
    private static final int MOST_PARTS = 32 * 1024 * 1024;
    private static final int MOST_BROUGHT = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Inbox inbox;
    private final Outbox outbox;
    private final Receipts receipts;
    private final PartStore parts;
    private final History history;
    private final SignedRequests requests;
    private final Errands errands;
    private final JsonMapper json;

    ChannelController(
            Inbox inbox,
            Outbox outbox,
            Receipts receipts,
            PartStore parts,
            History history,
            SignedRequests requests,
            Errands errands,
            JsonMapper json) {
        this.inbox = inbox;
        this.outbox = outbox;
        this.receipts = receipts;
        this.parts = parts;
        this.history = history;
        this.requests = requests;
        this.errands = errands;
        this.json = json;
    }

    @PostMapping(MESSAGES)
    ResponseEntity<Wire.Results> messages(HttpServletRequest request) {
        List<Wire.OneMessage> messages =
                read(body(request, MOST_MESSAGES), Wire.Messages.class).messages();
        if (messages.isEmpty() || messages.size() > Inbox.WINDOW) {
            throw new ChannelProblemException(
                    Reason.TOO_LARGE,
                    "%d messages in one call; send 1 to %d."
                            .formatted(messages.size(), Inbox.WINDOW));
        }
        List<Inbox.Envelope> envelopes;
        try {
            envelopes = messages.stream().map(Wire.OneMessage::envelope).toList();
        } catch (IllegalArgumentException e) {
            throw new ChannelProblemException(
                    Reason.MALFORMED, "leaves: " + Optional.ofNullable(e.getMessage()).orElse(""));
        }
        List<Wire.Result> results =
                answers(inbox.accept(envelopes)).stream().map(Wire.Result::of).toList();
        boolean alike = results.stream().mapToInt(Wire.Result::status).distinct().count() == 1;
        return ResponseEntity.status(
                        alike ? results.getFirst().status() : HttpStatus.MULTI_STATUS.value())
                .body(new Wire.Results(results));
    }

    private List<Answer> answers(List<Inbox.Outcome> outcomes) {
        Map<Long, String> signed =
                receipts.await(
                        outcomes.stream().flatMap(outcome -> outcome.stored().stream()).toList(),
                        PATIENCE);
        return outcomes.stream()
                .map(outcome ->
                        switch (outcome) {
                            case Inbox.Outcome.Answered(Answer answer) -> answer;
                            case Inbox.Outcome.Stored(long row) ->
                                    Optional.ofNullable(signed.get(row))
                                            .<Answer>map(Answer.Receipted::new)
                                            .orElseGet(Answer.Pending::new);
                        })
                .toList();
    }

    @PostMapping(path = PARTS, consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<Void> upload(HttpServletRequest request) {
        byte[] body = body(request, MOST_PARTS);
        Channel channel = requests.check(request, PARTS, body);
        parts.receive(channel, Wire.unframe(body));
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = FETCH, consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> fetch(HttpServletRequest request) {
        byte[] body = body(request, MOST_MESSAGES);
        Channel channel = requests.check(request, FETCH, body);
        List<Hash> wanted;
        try {
            wanted = StoredMessage.leaves(body);
        } catch (IllegalArgumentException e) {
            throw new ChannelProblemException(
                    Reason.MALFORMED, Optional.ofNullable(e.getMessage()).orElse(""));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(
                        Wire.frame(
                                List.<Part>copyOf(
                                        parts.open(
                                                        channel,
                                                        parts.fitting(channel, wanted, MOST_PARTS))
                                                .values())));
    }

    @PostMapping(PULL)
    Wire.Pulled pull(HttpServletRequest request) {
        byte[] body = body(request, MOST_MESSAGES);
        Channel channel = requests.check(request, PULL, body);
        return new Wire.Pulled(
                outbox.next(channel).stream().map(Wire.OneMessage::of).toList(),
                errands.of(channel));
    }

    @PostMapping(ERRANDS)
    ResponseEntity<Void> errands(HttpServletRequest request) {
        byte[] body = body(request, MOST_BROUGHT);
        Channel channel = requests.check(request, ERRANDS, body);
        errands.brought(channel, read(body, Brought.class));
        return ResponseEntity.noContent().build();
    }

    @PostMapping(HISTORY)
    Wire.Page history(HttpServletRequest request) {
        byte[] body = body(request, MOST_OF_A_QUESTION);
        Channel channel = requests.check(request, HISTORY, body);
        return history.page(channel, read(body, Wire.Asked.class));
    }

    @PostMapping(RECEIPTS)
    ResponseEntity<Void> receipts(HttpServletRequest request) {
        byte[] body = body(request, MOST_MESSAGES);
        Channel channel = requests.check(request, RECEIPTS, body);
        var verified = new ArrayList<Verified>();
        for (String compact : read(body, Wire.Handed.class).receipts()) {
            Receipt receipt = Receipt.parse(Jws.parse(compact, Jws.Type.RECEIPT));
            outbox.waiting(channel, receipt.id())
                    .ifPresent(message -> verified.add(outbox.verify(channel, message, compact)));
        }
        outbox.delivered(channel, verified);
        return ResponseEntity.noContent().build();
    }

    private <T> T read(byte[] body, Class<T> type) {
        try {
            return json.readValue(body, type);
        } catch (JacksonException e) {
            throw new ChannelProblemException(
                    Reason.MALFORMED,
                    "The body is not the JSON of this call: " + e.getOriginalMessage());
        }
    }

    private static byte[] body(HttpServletRequest request, int most) {
        try {
            byte[] body = request.getInputStream().readNBytes(most + 1);
            if (body.length > most) {
                throw new ChannelProblemException(
                        Reason.TOO_LARGE, "The body has more than %d octets.".formatted(most));
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ChannelProblemException e) {
        return problem(e.reason(), Optional.ofNullable(e.getMessage()).orElse(""));
    }

    @ExceptionHandler({MalformedMessageException.class, UnacceptableReceiptException.class})
    ResponseEntity<ProblemDetail> malformed(RuntimeException e) {
        return problem(Reason.MALFORMED, Optional.ofNullable(e.getMessage()).orElse(""));
    }

    private static ResponseEntity<ProblemDetail> problem(Reason reason, String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(reason.status());
        problem.setType(URI.create(ProblemTypes.uri(reason.type())));
        problem.setTitle(reason.title());
        problem.setDetail(detail);
        return ResponseEntity.status(reason.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
