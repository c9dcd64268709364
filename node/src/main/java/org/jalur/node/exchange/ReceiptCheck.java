package org.jalur.node.exchange;

import java.util.Optional;
import java.util.function.LongFunction;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Message;
import org.jalur.channel.Receipt;
import org.jalur.log.Checkpoint;
import org.jalur.log.InvalidProofException;
import org.jalur.log.LogProof;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.UntrustedNoteException;
import org.jalur.node.exchange.Outbox.UnacceptableReceiptException;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.JournalEntry;
import org.jalur.node.register.OwnKeys;

/**
 * What makes a receipt one: the key of its signer at the position it names, the message it is for,
 * the inclusion proof and the checkpoint it stands under.
 */
final class ReceiptCheck {
    private ReceiptCheck() {}

    record Checked(Jws jws, Receipt receipt, LogProof proof, Checkpoint checkpoint) {}

    /**
     * @param statements of the signer, in force at a position of its stream
     * @throws UnacceptableReceiptException with the sentence that the operator reads
     */
    static Checked check(
            Message message, String compact, LongFunction<Optional<KeyStatement>> statements) {
        try {
            Jws jws = Jws.parse(compact, Jws.Type.RECEIPT);
            Receipt receipt = Receipt.parse(jws);
            if (!receipt.isFor(message)) {
                throw new UnacceptableReceiptException("the receipt is for another message");
            }
            Optional<KeyStatement> statement = statements.apply(receipt.position());
            if (statement.isEmpty() || !jws.kid().equals(messageKid(statement.get()))) {
                throw new UnacceptableReceiptException(
                        "the receipt is signed with a key whose statement has not arrived yet");
            }
            if (!jws.isSignedBy(statement.get().key(KeyStatement.Use.MESSAGE))) {
                throw new UnacceptableReceiptException("the signature of the receipt is wrong");
            }
            LogProof proof = LogProof.parse(receipt.proof());
            Checkpoint checkpoint =
                    proof.verify(
                            JournalEntry.octets(EntryKind.MESSAGE_RECEIVED, receipt.message()),
                            OwnKeys.checkpointVerifier(statement.get()),
                            statement.get().origin());
            return new Checked(jws, receipt, proof, checkpoint);
        } catch (MalformedMessageException
                | MalformedNoteException
                | UntrustedNoteException
                | InvalidProofException e) {
            throw new UnacceptableReceiptException(
                    "the receipt does not hold: " + Optional.ofNullable(e.getMessage()).orElse(""),
                    e);
        }
    }

    private static String messageKid(KeyStatement statement) {
        return statement.key(KeyStatement.Use.MESSAGE).kid();
    }
}
