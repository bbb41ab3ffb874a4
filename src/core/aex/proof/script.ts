/**
 * The program that checks a proof: Python 3, which everybody who runs AEX has, without anything to install. Its texts
 * are those of the original. It shares no code with the product, so a stranger trusts only what can be read in it.
 */
export const PROOF_SCRIPT = String.raw`"""Checks the proof of an AEX budget ledger: python3 check_ledger_proof.py PROOF.json
Needs Python 3 and nothing else. Computes every hash and every balance anew from the entries in the file.
A file can't show that entries at its end were cut off: compare the head below with one that you noted before.
Exit code: 0 all adds up, 1 something does not, 2 no such file, 3 it adds up, but some entries are withheld."""
import hashlib, json, sys

def hash_of(*parts):  # each part, the last one too, is followed by a line feed
    return hashlib.sha256("".join(part + "\n" for part in parts).encode("utf-8")).hexdigest()

def check_chain(events):
    ends = {}  # the hash that the next entry must name (a later AEX has one chain for each partition)
    for e in events:
        partition = e.get("partition")
        place = ("" if partition is None else f"partition={partition} ") + f"seq={e['seq']}"
        prev = ends.get(partition, "GENESIS")
        if e["prev_hash"] != prev:
            return False, f"prev_hash mismatch at {place}"
        content = None if e.get("withheld") else (e["event_type"], e["execution_id"] or "", e["payload_json"])
        if content and (e.get("odd") or e["event_hash"] != hash_of(prev, *content)):
            return False, f"event_hash mismatch at {place}"
        ends[partition] = e["event_hash"]
    return True, f"hash chain verified for {len(events)} events"

def check_balances(events, accounts):
    spent, reserved = {}, {}  # micro-dollars by agent, added up from the entries
    for e in (e for e in events if e["agent"]):
        name, kind = e["agent"], e["event_type"]
        try:
            payload = json.loads(e["payload_json"])
            counts = kind in ("budget.reserve", "usage.commit", "reservation.release")
            estimate = int(payload.get("estimated_micro", 0)) if counts else 0
            cost = int(payload.get("cost_micro", 0)) if kind == "usage.commit" else 0
        except Exception:
            return False, f"payload is not readable at seq={e['seq']}"
        spent[name] = spent.get(name, 0) + cost
        held = reserved.get(name, 0)
        freed = max(0, held - estimate) if estimate > 0 else held
        reserved[name] = held + estimate if kind == "budget.reserve" else freed
    found = [(a["name"], what, sums.get(a["name"], 0), a[what + "_micro"])
             for a in accounts for what, sums in (("spent", spent), ("reserved", reserved))]
    wrong = [f"{name}: {what} replay={sum} live={live}" for name, what, sum, live in found if sum != live]
    return not wrong, "; ".join(wrong[:10]) or "ledger replay matches spent counters"

try:
    proof = json.load(open(sys.argv[1], encoding="utf-8"))
    events, withheld = proof["events"], [e["seq"] for e in proof["events"] if e.get("withheld")]
    results = [("chain", *check_chain(events))]
    results += [] if withheld else [("balances", *check_balances(events, proof["accounts"]))]
    head = {key: events[-1][key] for key in ("seq", "event_hash")} if events else None
    results.append(("head", (len(events), head) == (proof["event_count"], proof["head"]), json.dumps(head)))
except (IndexError, KeyError, OSError, TypeError, ValueError) as error:
    print(__doc__, "", f"Not read as a proof: {error!r}", sep="\n")
    sys.exit(2)
for name, ok, detail in results:
    print(f"{name}: {'ok' if ok else 'NOT OK'} - {detail}")
if withheld:
    print(f"{len(withheld)} entries hold a token or key and are withheld, the first is seq={withheld[0]}.",
          "Of them only the links are checked, and the balances can't be computed.")
sys.exit(1 if not all(ok for _, ok, _ in results) else 3 if withheld else 0)
`;
