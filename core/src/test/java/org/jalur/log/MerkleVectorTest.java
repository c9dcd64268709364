package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Proofs of transparency-dev/merkle, good and tampered.
class MerkleVectorTest {
    /// Here a proof from the empty tree is allowed ({@link ConsistencyProof} says why); there it is
    /// an error.
    private static final String FROM_THE_EMPTY_TREE = "size1-is-zero-and-size2-is-not-zero.json";

    static Stream<Path> inclusion() {
        return Vectors.in("merkle/inclusion").files(".json");
    }

    static Stream<Path> consistency() {
        return Vectors.in("merkle/consistency")
                .files(".json")
                .filter(file -> !file.endsWith(FROM_THE_EMPTY_TREE));
    }

    @ParameterizedTest
    @MethodSource("inclusion")
    void inclusionProofHoldsExactlyWhereItShould(Path file) {
        JsonNode vector = Vectors.json(file);

        assertHoldsAsWanted(
                vector,
                () -> {
                    Hash leaf = Hash.of(Vectors.base64(vector.get("leafHash")));
                    Hash root = Hash.of(Vectors.base64(vector.get("root")));
                    List<Hash> path =
                            Vectors.base64s(vector.get("proof")).stream().map(Hash::of).toList();
                    new InclusionProof(number(vector, "leafIdx"), number(vector, "treeSize"), path)
                            .verify(leaf, root);
                });
    }

    @ParameterizedTest
    @MethodSource("consistency")
    void consistencyProofHoldsExactlyWhereItShould(Path file) {
        JsonNode vector = Vectors.json(file);

        assertHoldsAsWanted(
                vector,
                () ->
                        consistencyProof(vector)
                                .verify(root(vector, "root1"), root(vector, "root2")));
    }

    @Test
    void everyTreeExtendsTheEmptyTree() {
        JsonNode vector =
                Vectors.json(
                        Vectors.in("merkle/consistency/additional")
                                .folder()
                                .resolve(FROM_THE_EMPTY_TREE));

        assertThat(vector.get("wantErr").asBoolean()).isTrue();
        assertThatCode(() ->
                        consistencyProof(vector)
                                .verify(root(vector, "root1"), root(vector, "root2")))
                .doesNotThrowAnyException();
    }

    @Test
    void emptyTreeHasOnlyOneRoot() {
        var proof = new ConsistencyProof(0, 1, List.of());
        Hash other = Hash.sha256(new byte[] {1});

        assertThatThrownBy(() -> proof.verify(other, other))
                .isInstanceOf(InvalidProofException.class);
    }

    private static void assertHoldsAsWanted(JsonNode vector, Runnable verification) {
        if (vector.get("wantErr").asBoolean()) {
            assertThatThrownBy(verification::run)
                    .isInstanceOfAny(InvalidProofException.class, IllegalArgumentException.class);
        } else {
            assertThatCode(verification::run).doesNotThrowAnyException();
        }
    }

    private static ConsistencyProof consistencyProof(JsonNode vector) {
        List<Hash> path = Vectors.base64s(vector.get("proof")).stream().map(Hash::of).toList();
        return new ConsistencyProof(number(vector, "size1"), number(vector, "size2"), path);
    }

    /// Some roots are placeholder words where only equality counts; a {@link Hash} has 32 bytes, so
    /// their digest stands in.
    private static Hash root(JsonNode vector, String name) {
        byte[] root = Vectors.base64(vector.get(name));
        return root.length == Hash.BYTES ? Hash.of(root) : Hash.sha256(root);
    }

    /// Unsigned 64-bit numbers; what does not fit becomes negative, which no size or index may be.
    private static long number(JsonNode vector, String name) {
        return vector.get(name).bigIntegerValue().longValue();
    }
}
