/** The register of a party: whom to call, who stands behind it, and drills that try it out. */
@NullMarked
package org.jalur.contacts;

import org.jspecify.annotations.NullMarked;
