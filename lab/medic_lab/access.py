"""Keys, host keys, known_hosts and the service's configuration: made once per run directory, shared by all labs."""

import shutil

from .base import LABS, RUN_DIR, lock_path, locked, run, write_atomically

WINDOW = {"before": "PT25S", "after": "PT10S"}
KEYS = RUN_DIR / "keys"
HOST_KEYS = RUN_DIR / "host-keys"
KNOWN_HOSTS = RUN_DIR / "known_hosts"
SERVICE_CONFIGURATION = RUN_DIR / "service.yaml"
LOGINS = {"lab-ops": "gauss-ops", "lab-ruby": "Ruby", "lab-root": "root", "lab-stranger": "Ruby"}


def management_address(lab, index):
    return f"198.18.{lab}.{10 + index}"


def data_address(lab, index):
    return f"198.19.{lab}.{10 + index}"


def host_key(lab, index):
    return HOST_KEYS / f"{lab}-{index}"


def prepare(lab):
    """Makes what is missing for this lab; never replaces a key, since a running service may have read it."""
    with locked("shared", wait=True):
        for directory in (RUN_DIR, KEYS, HOST_KEYS):
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        for login in LOGINS:
            _make_key(KEYS / login, login)
        for index in (1, 2, 3):
            _make_key(host_key(lab, index), f"lab{lab}-node{index}")
        _write_known_hosts()
        if not SERVICE_CONFIGURATION.exists():
            write_atomically(SERVICE_CONFIGURATION, _service_configuration())


def forget_if_unused(*ours):
    """Removes the run directory once no lab is left in it and no other run holds the lock of one."""
    with locked("shared", wait=True):
        others = [lab for lab in LABS if lab not in ours and lock_path(f"lab-{lab}").exists()]
        if RUN_DIR.exists() and not others and not any((RUN_DIR / str(lab)).exists() for lab in LABS):
            shutil.rmtree(RUN_DIR)


def _make_key(path, comment):
    if not path.exists():
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path)


def _write_known_hosts():
    lines = []
    for public in sorted(HOST_KEYS.glob("*.pub")):
        lab, index = public.stem.split("-")
        algorithm, key = public.read_text().split()[:2]
        lines.append(f"{management_address(lab, int(index))} {algorithm} {key}\n")
    write_atomically(KNOWN_HOSTS, "".join(lines))


def _service_configuration():
    logins = "\n".join(
        f'      {login}: {{user: {user}, private-key: "file:{KEYS}/{login}"{", sudo: true" if login == "lab-ops" else ""}}}'
        for login, user in LOGINS.items())
    bastions = "\n".join(
        f"      {name}: {{host: {management_address(lab, 1)}, port: 22, login: lab-ops}}"
        for name, lab in [("lab-jump", 1)] + [(f"lab-jump-{lab}", lab) for lab in LABS])
    return f"""# Written by lab/lab for the service under test.
medic:
  ssh:
    known-hosts: file:{KNOWN_HOSTS}
    host-keys: strict
    logins:
{logins}
    bastions:
{bastions}
  # Scaled down (normally ten minutes), so that a scenario need not wait for minutes until the window is clean.
  evidence-window: {{before: {WINDOW["before"]}, after: {WINDOW["after"]}}}
"""
