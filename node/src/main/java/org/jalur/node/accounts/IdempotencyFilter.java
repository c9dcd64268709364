package org.jalur.node.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.node.web.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code Idempotency-Key} on every POST of the API: the call and the record of its answer are one
 * transaction, so a repeated call gets the first answer and never takes effect twice. Only success
 * is remembered: a refused call may be repeated once what was wrong is mended.
 */
@Component
class IdempotencyFilter extends OncePerRequestFilter {
    private static final String HEADER = "Idempotency-Key";
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int MOST = 40 * 1024 * 1024;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private final Clock clock;

    IdempotencyFilter(
            JdbcClient jdbc, TransactionTemplate transactions, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    private record Answer(Hash request, int status, Optional<String> location, String body) {
        static Answer from(ResultSet row, int number) throws SQLException {
            return new Answer(
                    Hash.of(row.getBytes("request")),
                    row.getInt("status"),
                    Optional.ofNullable(row.getString("location")),
                    new String(row.getBytes("body"), UTF_8));
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || !request.getRequestURI().startsWith("/api/")
                // It has its own way, without an account, and keeps no secret.
                || request.getRequestURI().equals("/api/objections")
                || request.getHeader(HEADER) == null;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller = Caller.find();
        String key = request.getHeader(HEADER);
        if (caller.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (key.isBlank() || key.length() > 200) {
            write(
                    response,
                    HttpStatus.BAD_REQUEST,
                    "invalid-idempotency-key",
                    "The Idempotency-Key has %d characters; use 1 to 200.".formatted(key.length()));
            return;
        }
        var repeatable = new RepeatableRequest(request, MOST);
        Hash digest =
                Hash.sha256(
                        (request.getMethod() + " " + request.getRequestURI() + "\n")
                                .getBytes(UTF_8),
                        repeatable.body());
        var buffered = new ContentCachingResponseWrapper(response);
        Optional<Answer> earlier =
                once(
                        caller.get().account(),
                        key,
                        digest,
                        () -> chain.doFilter(repeatable, buffered),
                        buffered);
        if (earlier.isEmpty()) {
            buffered.copyBodyToResponse();
        } else if (!earlier.get().request().equals(digest)) {
            write(
                    response,
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "idempotency-key-reused",
                    "Idempotency-Key \"%s\" was used for another call; choose a new one."
                            .formatted(key));
        } else {
            replay(response, earlier.get());
        }
    }

    private interface Call {
        void run() throws ServletException, IOException;
    }

    /** Empty when the call ran now. */
    private Optional<Answer> once(
            UUID account,
            String key,
            Hash digest,
            Call call,
            ContentCachingResponseWrapper response)
            throws ServletException, IOException {
        var thrown = new Exception[1];
        Optional<Answer> earlier =
                Optional.ofNullable(
                        transactions.execute(status -> {
                            // The row is the lock: a second call waits here for the first.
                            if (!claim(account, key, digest)) {
                                return find(account, key).orElseThrow();
                            }
                            try {
                                call.run();
                            } catch (ServletException | IOException e) {
                                thrown[0] = e;
                            }
                            if (thrown[0] != null || response.getStatus() / 100 != 2) {
                                status.setRollbackOnly();
                                return null;
                            }
                            record(account, key, response);
                            return null;
                        }));
        switch (thrown[0]) {
            case null -> {}
            case ServletException e -> throw e;
            case IOException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        }
        return earlier;
    }

    private boolean claim(UUID account, String key, Hash digest) {
        return jdbc.sql(
                                """
                                insert into idempotent_requests (account, key, request, status, body, recorded_at)
                                values (:account, :key, :request, 0, '', :now) on conflict do nothing
                                """)
                        .param("account", account)
                        .param("key", key)
                        .param("request", digest.bytes())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private Optional<Answer> find(UUID account, String key) {
        return jdbc.sql(
                        """
                        select request, status, location, body from idempotent_requests
                        where account = :account and key = :key
                        """)
                .param("account", account)
                .param("key", key)
                .query(Answer::from)
                .optional();
    }

    private void record(UUID account, String key, ContentCachingResponseWrapper response) {
        jdbc.sql(
                        """
                        update idempotent_requests set status = :status, location = :location, body = :body
                        where account = :account and key = :key
                        """)
                .param("status", response.getStatus())
                .param("location", response.getHeader("Location"))
                .param("body", response.getContentAsByteArray())
                .param("account", account)
                .param("key", key)
                .update();
    }

    private static void replay(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        answer.location().ifPresent(location -> response.setHeader("Location", location));
        response.setHeader("Idempotency-Replayed", "true");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(answer.body().getBytes(UTF_8));
    }

    private void write(HttpServletResponse response, HttpStatus status, String type, String detail)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream()
                .write(json.writeValueAsBytes(Problems.problem(status, type, detail)));
    }

    @Scheduled(fixedDelay = 3_600_000)
    void forgetOldAnswers() {
        jdbc.sql("delete from idempotent_requests where recorded_at < :limit")
                .param("limit", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
    }
}
