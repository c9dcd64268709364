/** What all HTTP calls share: problem details, idempotency, limits. */
@NullMarked
package org.jalur.node.web;

import org.jspecify.annotations.NullMarked;
