/** The agreement two parties signed: what may be asked, on what ground, and how fast. */
@NullMarked
package org.jalur.node.agreement;

import org.jspecify.annotations.NullMarked;
