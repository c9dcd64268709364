package org.jalur.node;

import org.jalur.node.pages.PageController;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** A page whose template has nothing to show; there only where a test asks for it. */
@PageController
@ConditionalOnProperty("sample.fault")
class FaultyPage {
    static final String PATH = "/notice-forms/sample-fault";

    @GetMapping(PATH)
    ModelAndView ask() {
        return new ModelAndView("error");
    }

    @PostMapping(PATH)
    ModelAndView send() {
        return new ModelAndView("error");
    }
}
