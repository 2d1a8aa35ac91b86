package org.etcdmedic.replay;

import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.yaml.KnowledgeFiles;

/**
 * Knowledge that is not in use.
 *
 * @param files as it was handed in
 * @param knowledge what was read of them; sound
 */
public record Candidate(KnowledgeFiles files, Knowledge knowledge) {}
