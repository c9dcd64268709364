/** Load programs and micro-benchmarks. */
@NullMarked
package org.jalur.bench;

import org.jspecify.annotations.NullMarked;
