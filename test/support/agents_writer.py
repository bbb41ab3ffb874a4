"""Writes into an agent folder as the real package does, or reads it all the while; the job is JSON in the first argument."""

import json
import random
import sys
import time
from pathlib import Path

from atomic_agents._capture import Capture
from atomic_agents._io import atomic_write
from atomic_agents.memory.backend import WritePolicy
from atomic_agents.memory.filesystem import FilesystemBackend


def notes(job: dict, agent: Path) -> dict:
    """Merges into notes under their locks."""
    backend = FilesystemBackend(agent)
    policy = WritePolicy(write_paths=[agent / "memory"], read_only_paths=[])
    wrote = []
    until = time.monotonic() + job["seconds"]
    while time.monotonic() < until:
        marker = f"py-{len(wrote)}"
        note = random.choice(job["paths"])
        capture = Capture(
            type="decision",
            name="x",
            description="x",
            confidence="high",
            sources=[marker],
            body="x",
            merge_into=note,
        )
        backend.write_note(capture, policy)
        wrote.append([note, marker])
        time.sleep(random.random() * 0.02)
    return {"wrote": wrote}


def lines(job: dict, agent: Path) -> dict:
    """Adds lines to files that have no lock, each by replacing the file."""
    wrote = []
    until = time.monotonic() + job["seconds"]
    while time.monotonic() < until:
        marker = f"py-{len(wrote)}"
        path = random.choice(job["paths"])
        target = agent / path
        atomic_write(target, target.read_text(encoding="utf-8") + marker + "\n")
        wrote.append([path, marker])
        time.sleep(random.random() * 0.01)
    return {"wrote": wrote}


def read(job: dict, agent: Path) -> dict:
    """Reads all the files all the time; `torn` are texts that nobody wrote whole."""
    backend = FilesystemBackend(agent)
    reads = 0
    torn = []
    starts = {path: (agent / path).read_text(encoding="utf-8").split("\n")[0] for path in job["paths"]}
    until = time.monotonic() + job["seconds"]
    while time.monotonic() < until:
        for path in job["paths"]:
            target = agent / path
            try:
                text = target.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                torn.append(f"{path}: {error}")
                continue
            if not text.endswith("\n") or not text.startswith(starts[path]):
                torn.append(f"{path}: {text[-80:]!r}")
            if path.startswith("memory/") and backend.read_note(target.name) is None:
                torn.append(f"{path}: the package reads no note")
            reads += 1
    return {"reads": reads, "torn": torn[:10]}


def main() -> None:
    job = json.loads(sys.argv[1])
    work = {"notes": notes, "lines": lines, "read": read}[job["do"]]
    print(json.dumps(work(job, Path(job["agent"]))))


main()
