/**
 * The register that each side shows the other: kept, confirmed, sent as a whole, tried out by
 * drills, and called back about emergencies.
 */
@NullMarked
package org.jalur.node.contacts;

import org.jspecify.annotations.NullMarked;
