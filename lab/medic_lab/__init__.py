"""The fault lab of etcd-medic: real nodes out of namespaces, real faults, and the verdict compared with the truth."""
