"""The metrics of `sitrep bench`, from the package beside this folder, so that both mean the same by their names."""

from __future__ import annotations

import sys
from importlib import import_module

import data

sys.path.append(str(data.HERE.parent / "src"))

muc4 = import_module("sitrep.evaluation.benchmarks.muc4")
polnear = import_module("sitrep.evaluation.benchmarks.polnear")
_metrics = import_module("sitrep.evaluation.metrics")
Filled = _metrics.Filled
class_scores = _metrics.class_scores
match_spans = _metrics.match_spans
micro = _metrics.micro
prf = _metrics.prf
