package org.jalur.node.register;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * A certificate that a key signs for itself (RFC 5280), only because PKCS#12 holds a private key
 * together with one. Nobody believes it: what a key may do stands in the party's key statement.
 */
final class SelfSigned {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 127;

    // RFC 8410 §3 and RFC 9881 §2: both without parameters.
    private static final Map<String, String> ALGORITHMS =
            Map.of("Ed25519", "1.3.101.112", "ML-DSA-44", "2.16.840.1.101.3.4.3.17");

    // RFC 5280 §4.1.2.5: no well-defined end. A key ends with the statement that replaces it.
    private static final Time FROM = new Time(new DERUTCTime("260101000000Z"));
    private static final Time UNTIL = new Time(new DERGeneralizedTime("99991231235959Z"));

    private SelfSigned() {}

    static X509Certificate of(String name, String algorithm, KeyPair pair)
            throws GeneralSecurityException, IOException {
        var signedBy =
                new AlgorithmIdentifier(
                        new ASN1ObjectIdentifier(
                                Optional.ofNullable(ALGORITHMS.get(algorithm)).orElseThrow()));
        X500Name who =
                new org.bouncycastle.asn1.x500.X500NameBuilder(BCStyle.INSTANCE)
                        .addRDN(BCStyle.CN, name)
                        .build();
        var generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(
                new ASN1Integer(new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE)));
        generator.setSignature(signedBy);
        generator.setIssuer(who);
        generator.setSubject(who);
        generator.setStartDate(FROM);
        generator.setEndDate(UNTIL);
        generator.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        TBSCertificate content = generator.generateTBSCertificate();
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
        signature.update(content.getEncoded(ASN1Encoding.DER));
        var certificate = new ASN1EncodableVector();
        certificate.add(content);
        certificate.add(signedBy);
        certificate.add(new DERBitString(signature.sign()));
        byte[] octets = new DERSequence(certificate).getEncoded(ASN1Encoding.DER);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(octets));
    }
}
