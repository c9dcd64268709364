/** Agreements to begin with, each value marked with where it comes from. */
@NullMarked
package org.jalur.agreement.template;

import org.jspecify.annotations.NullMarked;
