@NullMarked
package org.etcdmedic.knowledge.yaml;

import org.jspecify.annotations.NullMarked;
