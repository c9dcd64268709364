package org.jalur.node.access;

import java.util.Map;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.pages.PageController;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A platform's answer to an order. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class AnswerPages {
    private final BlockPages pages;
    private final AnswerMessages answers;

    AnswerPages(BlockPages pages, AnswerMessages answers) {
        this.pages = pages;
        this.answers = answers;
    }

    @PostMapping(BlockPages.HERE + "/{id}/answers")
    ModelAndView answer(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return pages.command(
                id,
                typed,
                Map.of(),
                "blockAnswer",
                () -> {
                    answers.answer(id, OrderPages.value(typed, "blockAnswer"), Caller.current());
                    return "answered";
                });
    }
}
