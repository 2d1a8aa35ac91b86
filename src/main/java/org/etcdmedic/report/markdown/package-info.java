/** The report as Markdown (CommonMark with tables), to be pasted into a ticket. */
@NullMarked
package org.etcdmedic.report.markdown;

import org.jspecify.annotations.NullMarked;
