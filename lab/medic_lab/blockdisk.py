"""A block device for a node: a loop device over a sparse file. The node sees it as its disk, the kernel counts its work."""

from pathlib import Path

from .base import NotPossibleHere, run

# Not below the lab's own directory, which is memory: what is throttled must end on a real disk.
IMAGES = Path("/var/tmp")


def _image(name):
    return IMAGES / f"etcd-medic-lab-{name}.img"


def attach(name, megabytes):
    """Makes the device with an empty file system and returns its path."""
    detach(name)
    image = _image(name)
    run("truncate", "-s", f"{megabytes}M", image)
    # Past the host's page cache: else the device is as fast as memory, and no limit of a control group holds its writer.
    device = run("losetup", "--find", "--show", "--direct-io=on", image, check=False).stdout.strip()
    if not device:
        image.unlink()
        raise NotPossibleHere("no loop device can be made here")
    run("mkfs.ext4", "-q", "-m", "0", device)
    return device


def detach(name):
    """Takes the device away, also one of a run that was killed."""
    image = _image(name)
    if image.exists():
        for line in run("losetup", "--noheadings", "--output", "NAME", "--associated", image).stdout.split():
            run("losetup", "--detach", line)
        image.unlink()
