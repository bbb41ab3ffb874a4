"""Builds a random repository with the real tool, and prints the tool's own answers about it as JSON.

usage: random_vek.py FOLDER SEED CALLS
"""

import json
import os
import random
import sys

import vek

folder, seed, calls = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.makedirs(folder, exist_ok=True)
os.chdir(folder)
rng = random.Random(seed)

TEXTS = ["", "a", "naïve café", "漢字かな", "😀\U0010ffff", "\ue000\uffff", "line\nbreak\ttab", '"\\/', "\u2028\u2029",
         "\x00\x01\x1f\x7f\x80", "e\u0301", "שלום", "<b>&amp;</b>", "1e5", "x" * 500]
NUMBERS = [0, 1, -1, 2**53 + 1, -(2**63) - 1, 10**40, 0.1, -0.0, 1.0, 1e16, 1.5e-7, 5e-324, 1.7976931348623157e308,
           float("nan"), float("inf"), float("-inf"), 123456789.0]


def value(depth):
    kind = rng.randrange(9 if depth > 0 else 6)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind in (1, 2):
        return rng.choice(TEXTS) + rng.choice(["", str(rng.randrange(1000))])
    if kind == 3:
        return rng.choice(NUMBERS)
    if kind == 4:
        return rng.uniform(-1, 1) * 10 ** rng.randrange(-320, 308)
    if kind == 5:
        return rng.getrandbits(rng.randrange(1, 200)) * rng.choice([1, -1])
    if kind == 6:
        return [value(depth - 1) for _ in range(rng.randrange(5))]
    return {rng.choice(TEXTS) + str(rng.randrange(20)): value(depth - 1) for _ in range(rng.randrange(5))}


vek.init()
hashes = []
branches = ["main"]


def call():
    hashes.append(vek.store(rng.choice(["search", "shell", "büro/工具", "a b", "read_file"]), value(4), value(4)))


call()
for _ in range(calls):
    act = rng.randrange(12)
    if act < 7:
        call()
    elif act == 7 and len(branches) < 8:
        name = rng.choice(["side", "ünter/weg", "TAG/odd", "a b", "\U0001f600", "\ue000"]) + str(len(branches))
        vek.branch(name)
        branches.append(name)
    elif act == 8:
        vek.branch(rng.choice(branches))
    elif act == 9:
        name = f"fork{len(branches)}"
        vek.fork(rng.choice(hashes), name)
        branches.append(name)
    elif act == 10:
        try:
            hashes.append(vek.merge(rng.choice(branches)))
        except vek.api.VekError:
            pass
    else:
        with vek.session() as session:
            for _ in range(rng.randrange(4)):
                hashes.append(session.store("in session", value(2), value(2)))

# A criss-cross: two best common ancestors.
vek.branch("main")
vek.branch("left")
call()
left = hashes[-1]
vek.branch("main")
vek.branch("right")
call()
vek.fork(left, "left-two")
hashes.append(vek.merge("right"))
vek.branch("right")
hashes.append(vek.merge("left"))
vek.tag("v1", rng.choice(hashes))
vek.tag("ütf 8")
vek.checkpoint(rng.choice(hashes), "seen")
vek.branch(rng.choice(branches))


def shown(node):
    node = dict(node)
    node["input"] = json.dumps(node["input"])
    node["output"] = json.dumps(node["output"])
    return node


names = [name for name, _ in vek.branch()]
answers = {
    "status": vek.status(),
    "branch": vek.branch(),
    "tag": vek.tag(),
    "checkpoints": vek.list_checkpoints(),
    "log": vek.log(),
    "logs": {name: {n: vek.log(int(n), branch_name=name) for n in ["1", "1000000", "-3"]} for name in names},
    "show": {node: shown(vek.show(node)) for node in sorted(set(hashes))},
    "cat": {node: vek.cat_file(vek.show(node)["input_hash"]).hex() for node in sorted(set(hashes))[:20]},
    "export_json": json.dumps(vek.export(), indent=2, ensure_ascii=False),
    "export_jsonl": vek.export(format="jsonl"),
    "export_of": {name: vek.export(branch=name, format="jsonl") for name in names},
    "fsck": vek.fsck(),
    "prefixes": {h[:n]: None for h in rng.sample(hashes, min(20, len(hashes))) for n in (1, 2, 4, 12)},
}
for prefix in answers["prefixes"]:
    try:
        answers["prefixes"][prefix] = vek.show(prefix)["hash"]
    except vek.api.VekError as error:
        answers["prefixes"][prefix] = "error: " + str(error)
print(json.dumps(answers))
