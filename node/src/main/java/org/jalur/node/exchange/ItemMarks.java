package org.jalur.node.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.notice.Item;
import org.jalur.scorecard.ItemMark;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * By what items are known again when another notice names them: on both sides the same, as long as
 * their content is not erased.
 */
@Component
public class ItemMarks implements ErasureListener {
    private final JdbcClient jdbc;

    ItemMarks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(int no, Hash leaf, Hash mark) {}

    /**
     * @param seq of the notice among the authority's messages
     */
    public void add(Channel channel, UUID notice, long seq, List<NoticeParts.ItemPart> items) {
        var rows = new ArrayList<Row>();
        for (NoticeParts.ItemPart part : items) {
            part.item().ifPresent(item -> addTo(rows, item, part.leaf()));
        }
        insert(channel, notice, seq, rows);
    }

    /**
     * @param leaves of the parts of these items, in their order
     */
    public void add(Channel channel, UUID notice, long seq, List<Item> items, List<Hash> leaves) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < items.size(); i++) {
            addTo(rows, items.get(i), leaves.get(i));
        }
        insert(channel, notice, seq, rows);
    }

    private static void addTo(List<Row> rows, Item item, Hash leaf) {
        ItemMark.of(item).forEach(mark -> rows.add(new Row(item.no(), leaf, mark)));
    }

    private void insert(Channel channel, UUID notice, long seq, List<Row> rows) {
        jdbc.sql(
                        """
                        insert into item_marks (channel, notice, no, seq, leaf, mark)
                        select :channel, :notice, no, :seq, leaf, mark
                        from unnest(:numbers::int[], :leaves::bytea[], :marks::bytea[]) as new(no, leaf, mark)
                        on conflict do nothing
                        """)
                .param("channel", channel.id())
                .param("notice", notice)
                .param("seq", seq)
                .param("numbers", rows.stream().map(Row::no).toArray(Integer[]::new))
                .param(
                        "leaves",
                        rows.stream().map(row -> row.leaf().bytes()).toArray(byte[][]::new))
                .param("marks", rows.stream().map(row -> row.mark().bytes()).toArray(byte[][]::new))
                .update();
    }

    /** A digest of an address tells whoever guesses the address: it goes with what it is of. */
    @Override
    public void erased(Channel channel, UUID notice, Set<Hash> leaves) {
        jdbc.sql("delete from item_marks where channel = :channel and leaf = any(:leaves::bytea[])")
                .param("channel", channel.id())
                .param("leaves", PartStore.octets(leaves))
                .update();
    }
}
