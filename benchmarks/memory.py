"""How much memory processes take."""

import psutil


def of_tree(pid: int) -> int:
    """Bytes of a process and all that it started; what several of them share counts once among them (PSS, on Linux)."""
    root = psutil.Process(pid)
    return sum(map(_of, [root, *root.children(recursive=True)]))


def of_makers(pid: int) -> int:
    """Bytes of the processes that do the work: those that a process started for it, else itself."""
    root = psutil.Process(pid)
    return sum(map(_of, root.children(recursive=True) or [root]))


def _of(process: psutil.Process) -> int:
    try:
        memory = process.memory_full_info()
        return int(getattr(memory, "pss", memory.rss))
    except psutil.NoSuchProcess:  # it ended meanwhile
        return 0
