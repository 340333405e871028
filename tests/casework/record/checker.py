"""Another program: it reads a record's file with json and hashlib alone, and checks it as docs/record-file.md says."""

import hashlib
import json
from collections import defaultdict

HASHED = (
    *("id", "seq", "kind", "effective_on", "known_by", "data", "source", "reference", "sensitivity", "recorded_at"),
    *("actor", "replaces", "annuls", "rests_on", "contests", "unconfirmed", "content_hash", "previous"),
)
BESIDE = ["salt", "note", "attachment_name", "attachment_hash", "attachment_type"]


def check(path):
    """Return what is wrong with a record, and all its rows by table."""
    *lines, last = path.read_bytes().splitlines(keepends=True)
    end, tables = json.loads(last), defaultdict(list)
    for line in map(json.loads, lines):
        if "row" in line:
            tables[line["table"]].append(line["row"])
    wrong = [] if end["sha256"] == sha256(b"".join(lines)) else ["the file"]
    wrong += [] if end["end"] == sum(map(len, tables.values())) else ["the count"]
    facts = defaultdict(list)
    for fact in sorted(tables["fact"], key=lambda row: row["seq"]):
        facts[fact["dossier_id"]].append(fact)
    for dossier in tables["dossier"]:
        wrong += broken_chain(dossier, facts[dossier["id"]])
    wrong += broken_beside(tables["fact"], {row["fact_id"]: row for row in tables["fact_content"]})
    return [*wrong, *broken_seals(tables["seal"], tables["dossier"], facts)], tables


def broken_chain(dossier, facts):
    previous = ""
    for seq, fact in enumerate(facts, start=1):
        said = as_json(dossier["treaty"], dossier["state"], *(fact[name] for name in HASHED))
        if (fact["seq"], fact["previous"], fact["hash"]) != (seq, previous, sha256(said)):
            yield f"fact {fact['id']}"
        previous = fact["hash"]
    if (dossier["head_seq"], dossier["head_hash"]) != (len(facts), previous):
        yield f"head of {dossier['state']}"


def broken_beside(facts, beside):
    purged = {json.loads(fact["data"])["fact"] for fact in facts if fact["kind"] == "purged"}
    for fact in facts:
        kept = beside.get(fact["id"], {})
        if any(kept.get(name) is not None for name in BESIDE):
            if fact["content_hash"] != "2:" + sha256(as_json(*map(kept.get, BESIDE))):
                yield f"beside {fact['id']}"
        elif fact["content_hash"] and fact["id"] not in purged:
            yield f"gone beside {fact['id']}"


def broken_seals(seals, dossiers, facts):
    previous = ""
    for seal in seals:
        root, through = hashlib.sha256(), seal["sealed_at"].replace(".000000", "")
        for dossier in sorted(dossiers, key=lambda row: row["id"]):
            by_then = [fact for fact in facts[dossier["id"]] if fact["recorded_at"] <= seal["sealed_at"]]
            for head in by_then[-1:]:
                root.update(as_json(dossier["treaty"], dossier["state"], head["seq"], head["hash"]))
        hash_ = sha256(as_json(previous, seal["root"], through))
        if (seal["root"], seal["previous"], seal["hash"]) != (root.hexdigest(), previous, hash_):
            yield f"seal {seal['id']}"
        previous = seal["hash"]


def as_json(*values):
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def sha256(data):
    return hashlib.sha256(data).hexdigest()
