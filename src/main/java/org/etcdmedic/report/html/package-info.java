/** The report as one page that needs nothing else: it prints, and it can be sent along. */
@NullMarked
package org.etcdmedic.report.html;

import org.jspecify.annotations.NullMarked;
