package org.jalur.node.agreement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jalur.channel.Jws;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.log.Hash;
import org.jalur.node.JalurSettings;
import org.jalur.node.register.Register;
import org.jalur.notice.Agreement;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The agreements this node works under. Each is one file that both parties signed with their
 * identity keys over the same octets; every notice cites its digest.
 */
@Component
public class Agreements {
    private final Map<PartyId, Signed> byPeer = new ConcurrentHashMap<>();
    private final Register register;
    private final JsonMapper json =
            JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();

    Agreements(JalurSettings settings, Register register, JdbcClient jdbc) throws IOException {
        this.register = register;
        for (Path file : settings.agreements()) {
            load(file, jdbc);
        }
    }

    /**
     * An agreement in force.
     *
     * @param digest SHA-256 of the octets that both signed
     */
    public record Signed(Hash digest, Agreement agreement) {}

    /**
     * @param authority JWS over the agreement by the authority's identity key
     * @param platform the same by the platform's
     * @param authorityIdentity the 32 octets of that key, base64url
     */
    record File(
            String authority, String platform, String authorityIdentity, String platformIdentity) {}

    /** What is agreed with a peer; empty if nothing is. */
    public Optional<Signed> with(PartyId peer) {
        return Optional.ofNullable(byPeer.get(peer));
    }

    private void load(Path path, JdbcClient jdbc) throws IOException {
        File file = json.readValue(Files.readAllBytes(path), File.class);
        Jws authority = Jws.parse(file.authority(), Jws.Type.AGREEMENT);
        Jws platform = Jws.parse(file.platform(), Jws.Type.AGREEMENT);
        byte[] content = authority.payload();
        if (!Arrays.equals(content, platform.payload())) {
            throw new IllegalStateException(path + ": the two parties signed different octets");
        }
        Agreement agreement = json.readValue(content, Agreement.class);
        requireSignature(
                path, authority, new PartyId(agreement.authority()), file.authorityIdentity());
        requireSignature(
                path, platform, new PartyId(agreement.platform()), file.platformIdentity());
        PartyId own = register.own();
        PartyId peer =
                new PartyId(
                        agreement.authority().equals(own.value())
                                ? agreement.platform()
                                : agreement.authority());
        var signed = new Signed(Hash.sha256(content), agreement);
        byPeer.put(peer, signed);
        jdbc.sql(
                        """
                        insert into agreements
                            (digest, authority, platform, content, authority_signature, platform_signature)
                        values (:digest, :authority, :platform, :content, :first, :second)
                        on conflict do nothing
                        """)
                .param("digest", signed.digest().bytes())
                .param("authority", agreement.authority())
                .param("platform", agreement.platform())
                .param("content", content)
                .param("first", file.authority())
                .param("second", file.platform())
                .update();
    }

    /** The key in the file counts only because its fingerprint is the pinned one. */
    private void requireSignature(Path path, Jws jws, PartyId party, String identity) {
        Hash pinned =
                party.equals(register.own())
                        ? Hash.parseHex(register.ownParty().identity())
                        : register.pinnedIdentity(party);
        PublicSigningKey key = PublicSigningKey.of(Base64.getUrlDecoder().decode(identity));
        if (!key.fingerprint().equals(pinned) || !jws.isSignedBy(key)) {
            throw new IllegalStateException(
                    "%s is not signed by the pinned identity %s of %s"
                            .formatted(path, pinned, party));
        }
    }
}
