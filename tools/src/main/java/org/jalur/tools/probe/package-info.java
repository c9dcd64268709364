/** A probe in a provider's network: fetches tasks from an authority's node, asks, and reports. */
@NullMarked
package org.jalur.tools.probe;

import org.jspecify.annotations.NullMarked;
