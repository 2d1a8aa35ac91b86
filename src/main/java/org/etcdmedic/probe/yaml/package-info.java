/** The catalogue as YAML files: read, checked as a whole, handed out as values. */
@NamedInterface("yaml")
@NullMarked
package org.etcdmedic.probe.yaml;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
