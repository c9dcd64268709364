package org.jalur.node.notices;

import java.util.Arrays;
import java.util.List;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.contacts.RegisterHealth;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** An authority's first page: what needs me now. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class AuthorityHome {
    private static final int NEAREST = 8;

    private final Frame frame;
    private final NoticeLists lists;
    private final NoticeForms forms;
    private final RegisterHealth register;

    AuthorityHome(Frame frame, NoticeLists lists, NoticeForms forms, RegisterHealth register) {
        this.frame = frame;
        this.lists = lists;
        this.forms = forms;
        this.register = register;
    }

    /**
     * @param nearest sent notices whose time runs out first
     * @param content whether this person may see notices
     */
    record HomePage(
            List<Need> needs,
            List<NoticeViews.Summary> nearest,
            boolean content,
            String role,
            boolean officer,
            int begun,
            RegisterHealth.Needs register) {}

    /**
     * @param count at most as {@link NoticeLists#COUNTED}
     * @param more whether there are more than counted
     */
    record Need(String list, int count, boolean more) {}

    @GetMapping("/")
    ModelAndView home() {
        Caller caller = Caller.current();
        boolean content = caller.role() != Role.ADMIN && caller.role() != Role.SIGNATORY;
        boolean officer = caller.role() == Role.OFFICER;
        List<Need> needs =
                content
                        ? Arrays.stream(NoticeLists.Kind.values())
                                .filter(NoticeLists.Kind::needsSomebody)
                                .map(this::need)
                                .toList()
                        : List.of();
        return frame.show(
                "notices/home",
                new HomePage(
                        needs,
                        content ? lists.nearest(NEAREST) : List.of(),
                        content,
                        caller.role().wire(),
                        officer,
                        officer ? forms.count(caller.account()) : 0,
                        register.needs()));
    }

    private Need need(NoticeLists.Kind kind) {
        int count = lists.count(kind);
        return new Need(kind.path(), count, count == NoticeLists.COUNTED);
    }
}
