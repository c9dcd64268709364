package org.jalur.bench;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Ed25519 over a manifest of 1 KiB: the JDK's provider beside Bouncy Castle's, in one run. */
public final class SignatureBench {
    private static final int WARM_UP = 5_000;
    private static final int MEASURED = 10_000;

    private SignatureBench() {}

    public static void main(String[] arguments) throws GeneralSecurityException {
        Map<String, Provider> providers = new LinkedHashMap<>();
        providers.put("JDK", Security.getProvider("SunEC"));
        providers.put("Bouncy Castle", new BouncyCastleProvider());
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] message = new byte[1024];
        System.out.println("provider | sign µs | verify µs | sign JDK/x | verify JDK/x");
        double[] jdk = new double[2];
        for (var provider : providers.entrySet()) {
            KeyFactory keys = KeyFactory.getInstance("Ed25519", provider.getValue());
            PrivateKey signer =
                    keys.generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
            PublicKey verifier =
                    keys.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded()));
            byte[] signature = sign(provider.getValue(), signer, message);
            for (int i = 0; i < WARM_UP; i++) {
                sign(provider.getValue(), signer, message);
                verify(provider.getValue(), verifier, message, signature);
            }
            long start = System.nanoTime();
            for (int i = 0; i < MEASURED; i++) {
                sign(provider.getValue(), signer, message);
            }
            double signed = (System.nanoTime() - start) / 1e3 / MEASURED;
            start = System.nanoTime();
            for (int i = 0; i < MEASURED; i++) {
                if (!verify(provider.getValue(), verifier, message, signature)) {
                    throw new IllegalStateException(provider.getKey() + " does not verify");
                }
            }
            double verified = (System.nanoTime() - start) / 1e3 / MEASURED;
            if (provider.getKey().equals("JDK")) {
                jdk[0] = signed;
                jdk[1] = verified;
            }
            System.out.printf(
                    "%s | %.0f | %.0f | %.1f | %.1f%n",
                    provider.getKey(), signed, verified, jdk[0] / signed, jdk[1] / verified);
        }
    }

    private static byte[] sign(Provider provider, PrivateKey key, byte[] message)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519", provider);
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    private static boolean verify(Provider provider, PublicKey key, byte[] message, byte[] signed)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519", provider);
        signature.initVerify(key);
        signature.update(message);
        return signature.verify(signed);
    }
}
