@NullMarked
package org.etcdmedic.diagnosis.job;

import org.jspecify.annotations.NullMarked;
