"""The generated archive and the questions that are put to it."""

from sitrep.evaluation.benchmarks import filters
from sitrep.evaluation.harness import Bench
from sitrep.evaluation.made_archive import fill
from sitrep.store.check import check
from sitrep.store.filters import Filter
from sitrep.store.view import View


def test_filters_find_in_a_generated_archive_what_it_holds(tmp_path):
    store = tmp_path / "made.db"
    fill(store, 600)
    with View(store) as view:
        every = view.incidents()
        assert sum(len(incident.events) for incident in every) == len(view) == 600
        assert len(view.incidents(limit=3)) == 3
        killed = view.incidents(Filter(killed=10))
        assert {incident.id for incident in killed} == {
            incident.id for incident in every if incident.figures and incident.figures[0].low >= 10
        }
        assert view.incidents(Filter(injured=1)) == []
        states = {state: len(view.incidents(Filter(state=state))) for state in (*filters.STATES,)}
        assert sum(states.values()) == len(every)
        assert 0 < states["accepted"] < states["unreviewed"]
        place = next(incident.place for incident in every if incident.place)
        found = view.incidents(Filter(place=place, state="unreviewed"))
        assert all(incident.place == place for incident in found)
        assert view.search(view.text_of("r0000003").split()[0])
    assert not [problem for problem in check(store) if "foreign" in problem]


def test_the_benchmark_asks_every_kind_of_question(tmp_path):
    scores = filters.run([{}] * 300, Bench(tmp_path, "dev"))
    assert 0 < scores["median_ms"] <= scores["p95_ms"] <= scores["slowest_ms"]
    assert {"state_ms", "near_ms", "search_words_ms", "control_ms"} <= scores.keys()
