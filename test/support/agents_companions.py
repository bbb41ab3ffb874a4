"""What the real atomic-agents package makes of versions, indexes, snapshots and mended notes. Jobs as JSON on stdin."""

import json
import logging
import sys
from dataclasses import asdict
from pathlib import Path

logging.disable(logging.CRITICAL)

import frontmatter
from atomic_agents._schema import validate_atomic_note_frontmatter
from atomic_agents.corpus.filesystem import FilesystemCorpusBackend
from atomic_agents.memory.backend import WritePolicy
from atomic_agents.memory.filesystem import FilesystemBackend, _update_index, _version_filename
from atomic_agents.persona.filesystem import FilesystemPersonaBackend
from atomic_agents.types import Capture


def memory(job):
    root = Path(job["agent"])
    backend = FilesystemBackend(root)
    refs = backend.list_versions(job["note"])
    return {
        "versions": [ref.backend_id for ref in refs],
        "bodies": [backend.read_version(ref).body for ref in refs],
        "orphans": sorted(ref.name for ref in backend.list_orphans()),
        "listed": [ref.name for ref in backend.list_notes()],
        "own": _version_filename(job["text"]).split("_")[1] if "text" in job else None,
    }


def restore(job):
    root = Path(job["agent"])
    backend = FilesystemBackend(root)
    ref = backend.list_versions(job["note"])[-1]
    backend.restore_version(job["note"], ref, WritePolicy(write_paths=[root / "memory"]))
    return (root / "memory" / job["note"]).read_text(encoding="utf-8")


def wiki(job):
    backend = FilesystemCorpusBackend(Path(job["agent"]))
    refs = backend.list_versions(job["page"], "wiki")
    return [backend.read_version(ref).body for ref in refs]


def index(job):
    """The index as the runtime itself would make it for a new note."""
    path = Path(job["path"])
    capture = Capture(job["type"], job["name"], job["description"], "high", ["x"], "x")
    _update_index(path, capture, job["file"])
    return path.read_text(encoding="utf-8")


def persona(job):
    backend = FilesystemPersonaBackend(Path(job["root"]))
    ours = backend.list_snapshots(job["id"])
    before = asdict(backend.load_persona(job["id"]))
    theirs = backend.snapshot(job["id"], label="theirs")
    keys = {}
    for one in [ours[-1].snapshot_id, theirs]:
        path = Path(job["root"]) / job["id"] / ".snapshots" / one / "metadata.json"
        keys[one] = {key: type(value).__name__ for key, value in json.loads(path.read_text()).items()}
    backend.restore(job["id"], ours[-1].snapshot_id)
    return {
        "ids": [one.snapshot_id for one in ours],
        "labels": [one.label for one in ours],
        "created": [one.created_at for one in ours],
        "keys": list(keys.values()),
        "order": [list(one) for one in keys.values()],
        "before": before,
        "restored": asdict(backend.load_persona(job["id"])),
    }


def note(job):
    post = frontmatter.load(job["path"])
    validate_atomic_note_frontmatter(dict(post.metadata), Path(job["path"]).name)
    return {"meta": dict(post.metadata), "body": post.content}


JOBS = {"memory": memory, "restore": restore, "wiki": wiki, "index": index, "persona": persona, "note": note}


def attempt(job):
    try:
        return {"ok": JOBS[job["do"]](job)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:600]}


json.dump([attempt(job) for job in json.load(sys.stdin)], sys.stdout, default=str)
