@NullMarked
package org.etcdmedic.probe.yaml;

import org.jspecify.annotations.NullMarked;
