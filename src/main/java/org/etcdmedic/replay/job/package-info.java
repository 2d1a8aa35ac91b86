@NullMarked
package org.etcdmedic.replay.job;

import org.jspecify.annotations.NullMarked;
