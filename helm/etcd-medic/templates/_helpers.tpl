{{- define "etcd-medic.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "etcd-medic.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: service
{{- end }}

{{- define "etcd-medic.common" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "etcd-medic.labels" -}}
{{ include "etcd-medic.selector" . }}
{{ include "etcd-medic.common" . }}
{{- end }}

{{- define "etcd-medic.test-labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: test
{{- end }}

{{- define "etcd-medic.image" -}}
{{- with .Values.image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{- define "etcd-medic.scheme" -}}
{{- if .Values.tls.existingSecret }}https{{ else }}http{{ end }}
{{- end }}

{{- /* Where those who call the service find the authority of its certificate. */ -}}
{{- define "etcd-medic.authority" -}}
{{- .Values.tls.caSecret | default .Values.tls.existingSecret }}
{{- end }}

{{- define "etcd-medic.service-account" -}}
{{- .Values.serviceAccount.existing | default (include "etcd-medic.name" .) }}
{{- end }}

{{- /* Pod Security "restricted", for every pod of this chart. */ -}}
{{- define "etcd-medic.pod-security" -}}
runAsNonRoot: true
{{- with .Values.runAsUser }}
runAsUser: {{ int . }}
runAsGroup: {{ int . }}
fsGroup: {{ int . }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "etcd-medic.container-security" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "etcd-medic.database-url" -}}
{{- $tls := .Values.database.tls -}}
{{- $parameters := merge (dict "sslmode" $tls.mode) .Values.database.parameters -}}
{{- if hasPrefix "verify-" $tls.mode }}{{ $_ := set $parameters "sslrootcert" "/etc/medic/database-ca/ca.crt" }}{{ end -}}
{{- $pairs := list -}}
{{- range $name := keys $parameters | sortAlpha }}{{ $pairs = append $pairs (printf "%s=%s" $name (get $parameters $name | toString | urlquery)) }}{{ end -}}
{{ .Values.database.url }}?{{ join "&" $pairs }}
{{- end }}

{{- /* The seconds that a stop takes: until the service is no longer sent anything, what is being answered, the diagnoses that run, and some room. */ -}}
{{- define "etcd-medic.before-stop" -}}5{{- end }}
{{- define "etcd-medic.answers" -}}30{{- end }}
{{- define "etcd-medic.jobs" -}}{{ add .Values.diagnosis.deadlineSeconds 5 }}{{- end }}
{{- define "etcd-medic.grace" -}}
{{ add (include "etcd-medic.before-stop" .) (include "etcd-medic.answers" .) (include "etcd-medic.jobs" .) 10 }}
{{- end }}

{{- /* What the chart itself says to the service. */ -}}
{{- define "etcd-medic.own-config" -}}
spring:
  config:
    import: "configtree:/etc/medic/properties/"
  datasource:
    url: {{ include "etcd-medic.database-url" . | quote }}
  lifecycle:
    timeout-per-shutdown-phase: {{ include "etcd-medic.answers" . }}s
  {{- if .Values.access.oidc.issuerUri }}
  security:
    oauth2:
      resourceserver:
        jwt:
          issuer-uri: {{ .Values.access.oidc.issuerUri | quote }}
          audiences: {{ .Values.access.oidc.audiences | toJson }}
  {{- end }}
  {{- if .Values.tls.existingSecret }}
  ssl:
    bundle:
      pem:
        service:
          reload-on-update: true
          keystore:
            certificate: file:/etc/medic/tls/tls.crt
            private-key: file:/etc/medic/tls/tls.key
  {{- end }}
server:
  address: 0.0.0.0
  port: 8080
  shutdown: graceful
  {{- if .Values.tls.existingSecret }}
  ssl:
    bundle: service
  {{- end }}
db-scheduler:
  shutdown-max-wait: {{ include "etcd-medic.jobs" . }}s
medic:
  diagnosis:
    deadline: {{ .Values.diagnosis.deadlineSeconds }}s
  {{- if or .Values.ssh.logins .Values.ssh.bastions }}
  ssh:
    known-hosts: file:/etc/medic/known-hosts/known_hosts
    host-keys: strict
    logins:
      {{- range $name, $login := .Values.ssh.logins }}
      {{ $name }}:
        user: {{ $login.user | quote }}
        private-key: file:/etc/medic/keys/{{ $name }}/key
        sudo: {{ $login.sudo | default false }}
      {{- end }}
    {{- with .Values.ssh.bastions }}
    bastions: {{ toJson . }}
    {{- end }}
  {{- end }}
  {{- if or .Values.inventory.instances .Values.inventory.existingConfigMap }}
  inventory:
    file: file:/etc/medic/inventory/inventory.yaml
  {{- end }}
  {{- with .Values.knowledge }}
  {{- if .existingClaim }}
  knowledge:
    location: file:/etc/medic/knowledge/{{ .directory }}
  {{- end }}
  {{- end }}
  access:
    {{- with .Values.access.tokens }}
    tokens:
      {{- range $name, $token := . }}
      {{ $name }}:
        roles: {{ toJson $token.roles }}
        sha256-file: file:/etc/medic/tokens/{{ $name }}/sha256
      {{- end }}
    {{- end }}
    oidc:
      roles-claim: {{ .Values.access.oidc.rolesClaim | quote }}
      {{- with .Values.access.oidc.roles }}
      roles: {{ toJson . }}
      {{- end }}
{{- end }}

{{- /* Refuses in `config` what the chart says itself, and what looks like a secret: a ConfigMap is no place for one. */ -}}
{{- define "etcd-medic.check-config" -}}
{{- range $name, $value := .config -}}
{{- $path := printf "%s.%s" $.path $name -}}
{{- $plain := regexReplaceAll "[-_]" (lower $name) "" -}}
{{- $own := false -}}{{- $found := false -}}
{{- if kindIs "map" $.own -}}{{- range $ownName, $ownValue := $.own -}}{{- if eq $plain (regexReplaceAll "[-_]" (lower $ownName) "") -}}{{- $own = $ownValue -}}{{- $found = true -}}{{- end -}}{{- end -}}{{- end -}}
{{- if and $found (or (not (kindIs "map" $own)) (not (kindIs "map" $value))) -}}
{{- fail (printf "\n\n%s is set by the chart itself: leave it out and use the value that the chart has for it (see values.yaml)" $path) -}}
{{- end -}}
{{- $several := kindIs "slice" $value -}}
{{- range $index, $one := ternary $value (list $value) $several -}}
{{- if kindIs "map" $one -}}
{{- include "etcd-medic.check-config" (dict "config" $one "own" $own "path" (ternary (printf "%s.%d" $path $index) $path $several)) -}}
{{- else if regexMatch "(password|passphrase|secret|token|credential|privatekey|apikey)$" $plain -}}
{{- if not (or (hasPrefix "file:" (toString $one)) (eq "" (toString $one))) -}}
{{- fail (printf "\n\n%s looks like a secret and would stand in a ConfigMap: put it into a Secret, name that in secretFiles, and say file:/etc/medic/secrets/... here" $path) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- /* Refuses a policy that holds up what the service is told to reach: it would take its own policy for a node that is away. */ -}}
{{- define "etcd-medic.check-ports" -}}
{{- with .Values -}}
{{- range $host := trimPrefix "jdbc:postgresql://" .database.url | splitList "/" | first | splitList "," -}}
{{- $port := regexFind ":[0-9]+$" $host | trimPrefix ":" | default "5432" -}}
{{- include "etcd-medic.check-port" (dict "port" $port "of" (printf "%s of database.url" $host) "policy" "networkPolicy.database.ports" "ports" $.Values.networkPolicy.database.ports) -}}
{{- end -}}
{{- $ssh := dict "policy" "networkPolicy.ssh.ports" "ports" .networkPolicy.ssh.ports -}}
{{- range $name, $bastion := .ssh.bastions -}}
{{- include "etcd-medic.check-port" (merge (dict "port" ($bastion.port | default 22) "of" (printf "ssh.bastions.%s" $name)) $ssh) -}}
{{- end -}}
{{- range $id, $instance := .inventory.instances -}}
{{- range $node := $instance.nodes -}}
{{- if not $node.bastion -}}
{{- include "etcd-medic.check-port" (merge (dict "port" ($node.sshPort | default 22) "of" (printf "node %s of inventory.instances.%s" $node.nodeId $id)) $ssh) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "etcd-medic.check-port" -}}
{{- $open := false -}}
{{- range .ports -}}{{- if eq (int .) (int $.port) -}}{{- $open = true -}}{{- end -}}{{- end -}}
{{- if not $open -}}
{{- fail (printf "\n\n%s lacks %d, the port of %s, which could not be reached: add it" .policy (int .port) .of) -}}
{{- end -}}
{{- end }}

{{- /* What no schema can say. */ -}}
{{- define "etcd-medic.check" -}}
{{- with .Values -}}
{{- if not (or .access.tokens .access.oidc.issuerUri) -}}
{{- fail "\n\naccess.tokens and access.oidc.issuerUri are both empty: the service lets nobody in from the network without knowing who it is. Name at least one token" -}}
{{- end -}}
{{- if and .access.oidc.issuerUri (not .access.oidc.audiences) -}}
{{- fail "\n\naccess.oidc.audiences is empty: without it every token of the issuer would be let in, also those that were made for other services" -}}
{{- end -}}
{{- if and .ssh.logins (not .ssh.knownHosts.existingSecret) -}}
{{- fail "\n\nssh.knownHosts.existingSecret is empty: host keys are checked strictly, so that the nodes' keys have to be known" -}}
{{- end -}}
{{- range $name, $bastion := .ssh.bastions -}}
{{- if not (hasKey $.Values.ssh.logins $bastion.login) -}}
{{- fail (printf "\n\nssh.bastions.%s.login is %q, which is not one of ssh.logins" $name $bastion.login) -}}
{{- end -}}
{{- end -}}
{{- if and (hasPrefix "verify-" .database.tls.mode) (not .database.tls.existingSecret) -}}
{{- fail (printf "\n\ndatabase.tls.existingSecret is empty: %s needs the authority that signed the database's certificate. (Another database.tls.mode does without, and trusts whoever answers)" .database.tls.mode) -}}
{{- end -}}
{{- if and .inventory.instances .inventory.existingConfigMap -}}
{{- fail "\n\ninventory.instances and inventory.existingConfigMap are both stated: choose one" -}}
{{- end -}}
{{- if and .ingress.enabled (not .ingress.host) -}}
{{- fail "\n\ningress.host is empty: an ingress without a host takes everybody's requests" -}}
{{- end -}}
{{- if and .ingress.enabled (not .ingress.tlsSecret) (not .ingress.insecure) -}}
{{- fail "\n\ningress.tlsSecret is empty: tokens would travel readable. State a Secret of the type kubernetes.io/tls, or ingress.insecure=true where something in front of it does TLS" -}}
{{- end -}}
{{- if and .ingress.enabled .tls.existingSecret (not .ingress.annotations) -}}
{{- fail "\n\ningress.annotations is empty while tls.existingSecret is stated: the ingress controller has to be told to speak HTTPS to the service, for nginx by nginx.ingress.kubernetes.io/backend-protocol: HTTPS" -}}
{{- end -}}
{{- if .networkPolicy.enabled -}}
{{- if not .networkPolicy.ssh.cidrs -}}
{{- fail "\n\nnetworkPolicy.ssh.cidrs is empty: no node could be reached. Name the nodes' networks, or state networkPolicy.enabled=false" -}}
{{- end -}}
{{- if not .networkPolicy.database.to -}}
{{- fail "\n\nnetworkPolicy.database.to is empty: the database could not be reached. Name where it is, or state networkPolicy.enabled=false" -}}
{{- end -}}
{{- if and (or .access.oidc.issuerUri (regexMatch "https?://" (toJson .config))) (not .networkPolicy.targets) -}}
{{- fail "\n\nnetworkPolicy.targets is empty, but access.oidc or config names addresses that the service has to reach: name their networks" -}}
{{- end -}}
{{- include "etcd-medic.check-ports" $ -}}
{{- end -}}
{{- if and .monitoring.serviceMonitor.enabled (not .monitoring.serviceMonitor.existingSecret) -}}
{{- fail "\n\nmonitoring.serviceMonitor.existingSecret is empty: metrics are not for everybody, so that Prometheus needs a token of the role metrics" -}}
{{- end -}}
{{- end -}}
{{- include "etcd-medic.check-config" (dict "config" .Values.config "own" (include "etcd-medic.own-config" . | fromYaml) "path" "config") -}}
{{- end }}
