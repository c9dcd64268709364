/**
 * Access blocks: orders from draft to lift, the same on the authority's and the platform's side.
 */
@NullMarked
package org.jalur.node.access;

import org.jspecify.annotations.NullMarked;
