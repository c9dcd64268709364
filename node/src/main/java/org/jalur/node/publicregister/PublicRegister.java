package org.jalur.node.publicregister;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jalur.node.access.PublicBlock;
import org.jalur.node.access.PublicBlocks;
import org.jalur.node.objections.ObjectionFigures;
import org.jalur.node.register.Register;
import org.jalur.node.web.Cursor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** The register as pages and programs read it. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class PublicRegister {
    /** Grows only when a member changes its meaning or goes; new members may come any time. */
    static final String FORMAT = "jalur-blocks/1";

    private final PublicBlocks blocks;
    private final RegisterIndex index;
    private final ObjectionFigures objections;
    private final Register register;

    PublicRegister(
            PublicBlocks blocks,
            RegisterIndex index,
            ObjectionFigures objections,
            Register register) {
        this.blocks = blocks;
        this.index = index;
        this.objections = objections;
        this.register = register;
    }

    /**
     * @param inForce blocks of which a name at least is blocked now
     * @param past blocks that were in force
     */
    @Schema(name = "RegisterFigures")
    record Figures(int inForce, int past, ObjectionFigures.Counts objections) {}

    /**
     * @param format name of this form
     * @param authority whose register it is
     * @param blocks the newest first
     * @param next cursor of the next page; absent on the last
     */
    @Schema(name = "BlockRegister")
    record Page(
            String format,
            String authority,
            Figures figures,
            List<PublicBlock> blocks,
            Optional<String> next) {
        Page {
            blocks = List.copyOf(blocks);
        }
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Page page(RegisterIndex.Search search, Optional<String> cursor, int most) {
        List<RegisterIndex.Place> found = index.find(search, cursor.map(Cursor::parse), most + 1);
        List<RegisterIndex.Place> shown = found.subList(0, Math.min(most, found.size()));
        return new Page(
                FORMAT,
                register.ownParty().name(),
                figures(),
                blocks.all(shown.stream().map(RegisterIndex.Place::block).toList()),
                found.size() > most
                        ? Optional.of(shown.getLast().cursor().text())
                        : Optional.empty());
    }

    private Figures figures() {
        RegisterIndex.Counts counts = index.counts();
        return new Figures(counts.inForce(), counts.past(), objections.all());
    }
}
