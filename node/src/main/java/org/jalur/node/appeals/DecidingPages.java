package org.jalur.node.appeals;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.appeal.AppealOutcome;
import org.jalur.node.accounts.Caller;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.RefusalGround;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where reviewers claim and decide appeals. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class DecidingPages {
    private static final String ONE = AppealPages.HERE + "/{id}";

    private final AppealPages pages;
    private final Deciding deciding;
    private final Texts texts;

    DecidingPages(AppealPages pages, Deciding deciding, Texts texts) {
        this.pages = pages;
        this.deciding = deciding;
        this.texts = texts;
    }

    @PostMapping(ONE + "/claim")
    ModelAndView claim(@PathVariable UUID id) {
        return command(id, Map.of(), "claimed", () -> deciding.claim(id, Caller.current()));
    }

    @PostMapping(ONE + "/release")
    ModelAndView release(@PathVariable UUID id) {
        return command(id, Map.of(), "released", () -> deciding.release(id, Caller.current()));
    }

    @PostMapping(ONE + "/decision")
    ModelAndView decide(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return command(
                id, typed, "decided", () -> deciding.decide(id, decision(typed), Caller.current()));
    }

    /** Ground and rule belong to a granted one; on the form they stand for both. */
    private static AppealDecision decision(Map<String, String> typed) {
        Optional<AppealOutcome.Result> result =
                one(AppealOutcome.Result.values(), typed.get("result"));
        boolean granted = result.equals(Optional.of(AppealOutcome.Result.GRANTED));
        return AppealDecision.of(
                result,
                granted ? one(RefusalGround.values(), typed.get("ground")) : Optional.empty(),
                granted ? Optional.ofNullable(typed.get("policy")) : Optional.empty(),
                typed.getOrDefault("reason", "").replace("\0", "").strip());
    }

    private static <E extends Enum<E>> Optional<E> one(E[] values, @Nullable String wire) {
        return Arrays.stream(values).filter(one -> one.name().equalsIgnoreCase(wire)).findFirst();
    }

    /** What was typed stays when it was wrong, or came too late. */
    private ModelAndView command(
            UUID id, Map<String, String> typed, String done, Runnable command) {
        try {
            command.run();
            return new ModelAndView("redirect:" + AppealPages.HERE + "/" + id + "?done=" + done);
        } catch (InvalidNoticeException e) {
            return pages.again(
                    id, typed, e.field(), texts.error(e), HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.NOT_FOUND) {
                throw e;
            }
            return pages.again(id, typed, "appeal", texts.error(e), e.status());
        }
    }
}
