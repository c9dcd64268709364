/** The register of access blocks for everybody: pages, files, a feed, and why a name is blocked. */
@NullMarked
package org.jalur.node.publicregister;

import org.jspecify.annotations.NullMarked;
