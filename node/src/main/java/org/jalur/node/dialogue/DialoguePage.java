package org.jalur.node.dialogue;

import java.util.List;
import org.jalur.node.pages.Form;

/**
 * What the page of a dialogue shows, of a notice as of a case.
 *
 * @param mayAsk whether this person has claimed the case, and something can be asked
 * @param mayClaim whether this person would have to claim it first
 * @param done what was done by the form before, or nothing
 */
public record DialoguePage(
        String reference,
        DialoguePanels.Panel panel,
        Form form,
        List<Form.Option> templates,
        List<Form.Option> languages,
        boolean mayAsk,
        boolean mayClaim,
        boolean mayAnswer,
        boolean mayRemark,
        String done) {}
