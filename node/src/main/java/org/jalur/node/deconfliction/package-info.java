/** De-confliction: what an authority asks to be left where it is while it investigates. */
@NullMarked
package org.jalur.node.deconfliction;

import org.jspecify.annotations.NullMarked;
