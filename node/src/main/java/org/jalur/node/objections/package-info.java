/**
 * What anybody says against access blocks, and what the authority answers, each within its time.
 */
@NullMarked
package org.jalur.node.objections;

import org.jspecify.annotations.NullMarked;
