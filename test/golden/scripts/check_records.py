"""Replays every stored iteration of the fixture records and applies the single-step rule of ../README.md.

usage: check_records.py RECORDS_DIR FIXTURES_DIR TRAINED16_MODEL_DIR  (RECORDS_DIR/<model>/<model>_<n>/igos_*.json)
Float64, one path point at a time (another order of sums than the records were made with).
"""
import glob
import json
import os
import sys

import numpy as np
import torch

from igos_ref import igos
from record import logits_of, nchw
from tfjs_graph import TfjsGraph


def main():
    root, fixtures, trained = sys.argv[1:4]
    torch.set_num_threads(1)
    bad, worst, steps, other, worst_other, least = 0, 0.0, 0, 0, 0.0, []
    for path in sorted(glob.glob(os.path.join(root, "*", "*_*", "igos_*.json"))):
        j = json.load(open(path))
        d, model = os.path.dirname(path), j["image"].split("_")[0]
        f = trained if model == "trained16" else os.path.join(fixtures, model, "graph-float32")
        m = logits_of(TfjsGraph(os.path.join(f, "model.json")))
        x, b = [nchw(np.load(os.path.join(d, k + ".npy"))) for k in ("image", "baseline")]
        masks = np.load(path[:-5] + "_masks.npy")
        opts = {k: v for k, v in j["params"].items() if k not in ("iterations", "l1", "lambdaSchedule")}
        for i, h in enumerate(j["history"]):
            r, hh, _ = igos(m, x, b, j["cls"], j["maskSize"], batched=False, init=masks[i], iterations=1,
                            l1=h["l1Coeff"], lambdaSchedule=False, **opts)
            diff, steps = float(np.abs(r[1] - masks[i + 1]).max()), steps + 1
            margin = min(abs(q["margin"]) for q in h["trialLog"])
            if abs(hh[0]["step"] / h["step"] - 1) < 1e-6 and hh[0]["kept"] == h["kept"]:
                ok, worst = diff <= 1e-6 + 5e-3 * h["step"] * h["gradNorm2"] ** 0.5, max(worst, diff)
            else:
                ok, other, worst_other = margin < 1e-6 and diff <= 1e-3, other + 1, max(worst_other, diff)
                least.append(margin)
            # the float32 replay stored in the record must obey the rule as well
            q = j["float32"][i] if j["float32"] else None
            if q:
                lim = 1e-6 + 5e-3 * h["step"] * h["gradNorm2"] ** 0.5 if q["oneStepSameStep"] else 1e-3
                ok = ok and (q["oneStepMaskMaxDiff"] <= lim or margin < 1e-6) and (q["oneStepSameStep"] or margin < 1e-6)
            if not ok:
                bad += 1
                print("rule broken:", path, i, diff, margin)
    print("%d steps, %d break the rule; same step: max %.1e; other step: %d, max %.1e, margins up to %.1e" %
          (steps, bad, worst, other, worst_other, max(least, default=0)))


main()
