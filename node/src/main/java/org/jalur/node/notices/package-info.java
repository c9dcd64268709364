/** What an authority files: drafts, approvals, the notice sent, and what became of it. */
@NullMarked
package org.jalur.node.notices;

import org.jspecify.annotations.NullMarked;
