"""Does what it is told in repositories, with the real tool, and prints what the tool says as JSON.

Standard input: a list of jobs {"root": folder, "micros": time of merges or null, "steps": [...]}.
A step is {"do": "merge" | "store" | "edit" | "fork" | "gc" | "switch" | "ask", ...}; its answer is {"$raises": text} where the tool refuses.
"""

import json
import os
import sys
from datetime import datetime, timedelta, timezone

import vek
import vek.api

real = vek.api.datetime


def clock(micros):
    if micros is None:
        vek.api.datetime = real
        return

    class Fixed(real):
        @classmethod
        def now(cls, tz=None):
            return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=micros)

    vek.api.datetime = Fixed


def merge(step):
    vek.branch(step["into"])
    return vek.merge(step["from"])


def store(step):
    if "branch" in step:
        vek.branch(step["branch"])
    return vek.store(step["tool"], step["input"], step["output"])


def edit(step):
    """Calls the tool of the tip again, with one key of its output changed."""
    vek.branch(step["branch"])
    tip = vek.show(vek.status()["tip"])
    return vek.store(tip["tool"], {**tip["input"], **step.get("input", {})}, {**tip["output"], step["key"]: step["value"]})


def shown(node):
    return {**node, "input": json.dumps(node["input"]), "output": json.dumps(node["output"])}


def ask(step):
    branches = vek.branch()
    answers = {
        "fsck": vek.fsck(),
        "status": vek.status(),
        "branches": branches,
        "logs": {name: [node["hash"] for node in vek.log(10**9, branch_name=name)] for name, _ in branches},
        "head": open(".vek/HEAD").read(),
        "gc": vek.gc(dry_run=True),
        "graph": len(vek.log_graph(limit=10**9)),
    }
    for name in step.get("show", []):
        tip = dict(branches)[name]
        answers.setdefault("show", {})[name] = shown(vek.show(tip))
        answers.setdefault("replay", {})[name] = [node["hash"] for node in vek.replay(tip)]
    return answers


acts = {
    "merge": merge,
    "store": store,
    "edit": edit,
    "ask": ask,
    "gc": lambda step: vek.gc(),
    "switch": lambda step: vek.branch(step["name"]),
    "fork": lambda step: vek.fork(step["at"], step["name"]),
}


def run(step):
    try:
        return acts[step["do"]](step)
    except vek.api.VekError as error:
        return {"$raises": str(error)}


out = []
for job in json.load(sys.stdin):
    os.chdir(job["root"])
    clock(job.get("micros"))
    out.append([run(step) for step in job["steps"]])
json.dump(out, sys.stdout)
