package org.jalur.node.publicregister;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jalur.node.access.PublicBlock;
import org.jalur.node.access.PublicBlocks;
import org.jalur.node.web.Cursor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * The whole register as CSV (RFC 4180), a row for each name, the newest block first; times in UTC.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class RegisterTable {
    private static final int AT_ONCE = 100;

    /** Programs that open tables would take a text that begins so for a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private final RegisterIndex index;
    private final PublicBlocks blocks;

    RegisterTable(RegisterIndex index, PublicBlocks blocks) {
        this.index = index;
        this.blocks = blocks;
    }

    void write(OutputStream out) throws IOException {
        CSVFormat format =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(
                                "id",
                                "reference",
                                "organisation",
                                "platform",
                                "state",
                                "name",
                                "with_subdomains",
                                "name_state",
                                "legal_basis",
                                "article",
                                "since",
                                "review_at",
                                "ends_at",
                                "promised_lift")
                        .get();
        var all = new RegisterIndex.Search(RegisterIndex.Which.ALL, "");
        try (var printer =
                new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format)) {
            Optional<Cursor> after = Optional.empty();
            List<RegisterIndex.Place> some = index.find(all, after, AT_ONCE);
            while (!some.isEmpty()) {
                for (PublicBlock block :
                        blocks.all(some.stream().map(RegisterIndex.Place::block).toList())) {
                    print(printer, block);
                }
                after = Optional.of(some.getLast().cursor());
                some = index.find(all, after, AT_ONCE);
            }
        }
    }

    private static void print(CSVPrinter printer, PublicBlock block) throws IOException {
        for (PublicBlock.Name name : block.names()) {
            printer.printRecord(
                    block.id(),
                    text(block.reference()),
                    text(block.organisation()),
                    text(block.platform()),
                    block.state(),
                    name.name(),
                    name.withSubdomains(),
                    name.state(),
                    text(block.legalBasis().instrument()),
                    text(block.legalBasis().article()),
                    block.since(),
                    block.reviewAt(),
                    block.endsAt(),
                    block.promisedLift().map(Instant::toString).orElse(""));
        }
    }

    private static String text(String said) {
        return !said.isEmpty() && FORMULA.indexOf(said.charAt(0)) >= 0 ? "'" + said : said;
    }
}
