/**
 * Signature lists that an authority shares: drawn up, approved by four eyes, sent to a platform.
 */
@NullMarked
package org.jalur.node.lists;

import org.jspecify.annotations.NullMarked;
