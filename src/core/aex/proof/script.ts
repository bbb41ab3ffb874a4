/**
 * The program that checks a proof: Python 3, which everybody who runs AEX has, without anything to install. Its texts
 * are those of the original, which stops at the first break; here all are named. It shares no code with the product, so a
 * stranger trusts only what can be read in it.
 */
export const PROOF_SCRIPT = String.raw`"""Checks the proof of an AEX budget ledger: python3 check_ledger_proof.py PROOF.json
Needs Python 3 and nothing else. Computes every hash and every balance anew from the entries in the file.
A file can't show that entries at its end were cut off: compare the head below with one that you noted before.
Exit code: 0 all adds up, 1 something does not, 2 no such file, 3 it adds up, but some entries are withheld."""
import hashlib, itertools, json, sys
def lines_until(end, file):  # entries stand on lines of their own, so that one at a time is held
    return itertools.takewhile(lambda line: line != end, file)
def hash_of(*parts):  # each part, the last one too, is followed by a line feed
    return hashlib.sha256("".join(part + "\n" for part in parts).encode("utf-8")).hexdigest()
count, head, breaks, gaps, withheld, unreadable = 0, None, [], [], [], []
ends = {}  # the hash that the next entry must name (a later AEX has one chain for each partition)
spent, reserved = {}, {}  # micro-dollars by agent, added up from the entries
try:
    file = open(sys.argv[1], encoding="utf-8")
    facts = json.loads("".join(lines_until(' "events": [\n', file)) + ' "events": []}')
    for e in (json.loads(line.rstrip(",\n")) for line in lines_until(" ],\n", file)):
        partition, prev, kind, name = e.get("partition"), e["prev_hash"] or "", e.get("event_type"), e["agent"]
        place = ("" if partition is None else f"partition={partition} ") + f"seq={e['seq']}"
        if prev != ends.get(partition, "GENESIS"):
            breaks.append(f"prev_hash mismatch at {place}")
        last = head["seq"] if head else e["seq"]
        gaps += [f"{last + 1} to {e['seq'] - 1} are missing"] if e["seq"] > last + 1 else []
        ends[partition], head, count = e["event_hash"], {key: e[key] for key in ("seq", "event_hash")}, count + 1
        if e.get("withheld"):
            withheld.append(e["seq"])
            continue
        if e.get("odd") or e["event_hash"] != hash_of(prev, kind, e["execution_id"] or "", e["payload_json"]):
            breaks.append(f"event_hash mismatch at {place}")
        try:
            payload = json.loads(e["payload_json"]) if name else {}
            counts = kind in ("budget.reserve", "usage.commit", "reservation.release")
            estimate = int(payload.get("estimated_micro", 0)) if counts else 0
            cost = int(payload.get("cost_micro", 0)) if kind == "usage.commit" else 0
        except Exception:
            unreadable.append(f"payload is not readable at seq={e['seq']}")
            continue
        spent[name], held = spent.get(name, 0) + cost, reserved.get(name, 0)
        freed = max(0, held - estimate) if estimate > 0 else held
        reserved[name] = held + estimate if kind == "budget.reserve" else freed
    found = [(a["name"], what, sums.get(a["name"], 0), a[what + "_micro"])
             for a in facts["accounts"] for what, sums in (("spent", spent), ("reserved", reserved))]
    wrong = unreadable[:1] or [f"{name}: {what} replay={a} live={b}" for name, what, a, b in found if a != b]
    named = json.loads("{" + file.read())  # what the file says that its last entry is
    other = [] if (count, head) == (named["event_count"], named["head"]) else [f"{named['head']} is named"]
except (IndexError, KeyError, OSError, TypeError, ValueError) as error:
    sys.exit(print(__doc__, f"Not read as a proof: {error!r}", sep="\n\n") or 2)
results = [("chain", breaks, f"hash chain verified for {count} events"),
           *([] if withheld else [("balances", wrong, "ledger replay matches spent counters")]),
           ("numbers", gaps, "none is left out"), ("head", other, " ".join(map(str, (head or {}).values())))]
for what, bad, good in results:
    more = f" and {len(bad) - 10} more" if len(bad) > 10 else ""
    print(f"{what}: NOT OK - {'; '.join(bad[:10])}{more}" if bad else f"{what}: ok - {good}")
if withheld:
    print(f"{len(withheld)} entries hold a token or key and are withheld, the first is seq={withheld[0]}.",
          "Of them only the links are checked, and the balances can't be computed.")
told = [f"{f['severity']} - {f['message']}" for f in (facts.get("checked") or {}).get("findings", [])]
print("".join(f"Vekscope found, by records not in this file: {text}\n" for text in told[:20]), end="")
failed = any(bad for _, bad, _ in results) or any(text.startswith("error") for text in told)
sys.exit(1 if failed else 3 if withheld else 0)
`;
