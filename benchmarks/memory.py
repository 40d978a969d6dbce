"""Memory of processes."""

import psutil


def of_tree(pid: int) -> int:
    """Return the bytes of a process and all that it started; shared memory counts once (PSS, on Linux)."""
    root = psutil.Process(pid)
    return sum(map(_of, [root, *root.children(recursive=True)]))


def of_makers(pid: int) -> int:
    """Return the bytes of the processes that a process started for its work, or its own if there are none."""
    root = psutil.Process(pid)
    return sum(map(_of, root.children(recursive=True) or [root]))


def _of(process: psutil.Process) -> int:
    try:
        memory = process.memory_full_info()
        return int(getattr(memory, "pss", memory.rss))
    except psutil.NoSuchProcess:  # it has just ended
        return 0
