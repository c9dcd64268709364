package org.jalur.agreement.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.Version;
import org.jalur.log.Hash;
import org.junit.jupiter.api.Test;

class DossierTest {
    private static final Side A = Side.AUTHORITY;
    private static final Side P = Side.PLATFORM;

    private static Act.Proposed proposed(int no, Side by, Version version, int... declines) {
        return new Act.Proposed(
                id(no),
                by,
                version,
                Hash.sha256(new byte[] {(byte) no}),
                declines.length == 0 ? Optional.empty() : Optional.of(id(declines[0])));
    }

    private static UUID id(int no) {
        return new UUID(0, no);
    }

    private static Act.Signed signed(int no, Side by) {
        return new Act.Signed(id(no), by);
    }

    @Test
    void versionIsConcludedOnceBothHaveSigned() {
        List<Act> acts = new ArrayList<>(List.of(proposed(1, A, Version.first()), signed(1, P)));
        assertThat(Dossier.of(acts).concluded()).isEmpty();

        acts.add(signed(1, A));

        Dossier dossier = Dossier.of(acts);
        assertThat(dossier.concluded()).extracting(Dossier.Proposal::id).containsExactly(id(1));
        assertThat(dossier.next()).isEqualTo(Version.first().next(Hash.sha256(new byte[] {1})));
    }

    @Test
    void counterProposalDeclinesWhatItAnswers() {
        Dossier dossier =
                Dossier.of(
                        List.of(
                                proposed(1, A, Version.first()),
                                proposed(2, P, Version.first(), 1)));

        assertThat(dossier.objection(id(1), P)).contains(Objection.DECLINED);
        assertThat(dossier.objection(id(2), A)).isEmpty();
    }

    @Test
    void nobodySignsTwoOfOneNumberUntilTheOtherSideDeclinesTheFirst() {
        List<Act> acts =
                new ArrayList<>(
                        List.of(
                                proposed(1, A, Version.first()),
                                proposed(2, P, Version.first()),
                                signed(1, A)));
        assertThat(Dossier.of(acts).objection(id(2), A)).contains(Objection.OTHER_SIGNED);

        acts.add(proposed(3, P, Version.first(), 1));

        assertThat(Dossier.of(acts).objection(id(2), A)).isEmpty();
        assertThat(Dossier.of(acts).objection(id(1), P)).contains(Objection.DECLINED);
    }

    @Test
    void whoHasSignedCannotDeclineAnyMore() {
        Dossier dossier =
                Dossier.of(
                        List.of(
                                proposed(1, A, Version.first()),
                                signed(1, P),
                                proposed(2, P, Version.first(), 1)));

        assertThat(dossier.find(id(1)).orElseThrow().declinedBy()).isEmpty();
        assertThat(dossier.objection(id(2), P)).contains(Objection.OTHER_SIGNED);
    }

    @Test
    void staleUnknownRefusedAndSignedProposalsCannotBeSigned() {
        Dossier dossier =
                Dossier.of(
                        List.of(
                                proposed(1, A, Version.first()),
                                proposed(2, A, Version.first()),
                                proposed(
                                        3,
                                        A,
                                        new Version(2, Optional.of(Hash.sha256(new byte[1])))),
                                signed(1, A),
                                new Act.Refused(id(2)),
                                signed(1, P)));

        assertThat(dossier.objection(id(9), P)).contains(Objection.UNKNOWN);
        assertThat(dossier.objection(id(2), P)).contains(Objection.REFUSED);
        assertThat(dossier.objection(id(1), P)).contains(Objection.SIGNED);
        assertThat(dossier.objection(id(3), P)).contains(Objection.VERSION);
    }

    @Test
    void whatBothSignedIsNotUndoneByARefusalThatComesLate() {
        Dossier dossier =
                Dossier.of(
                        List.of(
                                proposed(1, A, Version.first()),
                                signed(1, A),
                                signed(1, P),
                                new Act.Refused(id(1))));

        assertThat(dossier.concluded()).hasSize(1);
    }

    /** Two honest nodes, messages that cross in every way: at the end they agree on everything. */
    @Test
    void bothSidesConcludeTheSameVersionsHoweverMessagesCross() {
        int concluded = 0;
        for (int seed = 0; seed < 400; seed++) {
            concluded += new Exchange(new Random(seed)).run();
        }
        assertThat(concluded).as("versions that came about at all").isGreaterThan(200);
    }

    private record Node(Side side, List<Act> known, Deque<Act> sends) {
        Node(Side side) {
            this(side, new ArrayList<>(), new ArrayDeque<>());
        }

        Dossier dossier() {
            return Dossier.of(known);
        }

        List<UUID> concluded() {
            return dossier().concluded().stream().map(Dossier.Proposal::id).toList();
        }
    }

    private static final class Exchange {
        private final Node authority = new Node(A);
        private final Node platform = new Node(P);
        private final Random random;
        private int proposals;

        Exchange(Random random) {
            this.random = random;
        }

        int run() {
            for (int step = 0; step < 80; step++) {
                Node node = random.nextBoolean() ? authority : platform;
                if (random.nextInt(3) == 0) {
                    act(node);
                } else {
                    receive(node);
                }
            }
            while (!authority.sends().isEmpty() || !platform.sends().isEmpty()) {
                receive(authority);
                receive(platform);
            }
            assertThat(platform.concluded()).isEqualTo(authority.concluded());
            assertThat(authority.dossier().concluded())
                    .extracting(one -> one.version().number())
                    .doesNotHaveDuplicates();
            return authority.concluded().size();
        }

        private void act(Node node) {
            Dossier dossier = node.dossier();
            List<Dossier.Proposal> there = dossier.proposals();
            Act act;
            if (there.isEmpty() || random.nextInt(3) == 0) {
                int[] declines =
                        there.isEmpty() || random.nextBoolean()
                                ? new int[0]
                                : new int[] {any(there)};
                act = proposed(++proposals, node.side(), dossier.next(), declines);
            } else {
                UUID id = id(any(there));
                if (dossier.objection(id, node.side()).isPresent()) {
                    return;
                }
                act = new Act.Signed(id, node.side());
            }
            node.known().add(act);
            node.sends().add(act);
        }

        private int any(List<Dossier.Proposal> there) {
            return (int) there.get(random.nextInt(there.size())).id().getLeastSignificantBits();
        }

        private void receive(Node node) {
            Act act = (node.side() == A ? platform : authority).sends().poll();
            if (act == null) {
                return;
            }
            Dossier dossier = node.dossier();
            if (act instanceof Act.Proposed proposed
                    && !proposed.version().equals(dossier.next())) {
                node.sends().add(new Act.Refused(proposed.proposal()));
                return;
            }
            if (act instanceof Act.Signed(var id, var by)) {
                assertThat(dossier.objection(id, by)).as("what an honest side signs").isEmpty();
            }
            node.known().add(act);
        }
    }
}
