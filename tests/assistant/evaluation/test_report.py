from assistant.evaluation.compare import TOLERANCE, compare
from assistant.evaluation.report import Figure, Pairs, Tally


def share(hits: dict[str, tuple[float, float]]) -> Figure:
    tally = Tally()
    for unit, (hit, of) in hits.items():
        tally.add(unit, hit, of)
    return tally.share("part", "name")


def test_a_share_is_the_ratio_of_sums_not_the_mean_of_ratios() -> None:
    figure = share({"a": (1, 1), "b": (0, 3)})
    assert figure.value == 0.25
    assert (figure.n, figure.units) == (4, 2)


def test_the_interval_comes_from_persons_and_is_the_same_in_every_run() -> None:
    mixed = {str(i): (float(i % 2), 1.0) for i in range(20)}
    one, again = share(mixed), share(mixed)
    assert (one.low, one.high) == (again.low, again.high)
    assert one.low is not None
    assert one.high is not None
    assert 0.2 < one.low < 0.45 < 0.55 < one.high < 0.8


def test_more_queries_of_the_same_two_people_do_not_narrow_the_interval() -> None:
    few, many = share({"a": (1, 1), "b": (0, 1)}), share({"a": (100, 100), "b": (0, 100)})
    assert (few.low, few.high) == (many.low, many.high) == (0.0, 1.0)


def test_people_who_are_all_alike_leave_no_width_and_one_person_no_interval() -> None:
    alike = share({str(i): (1, 2) for i in range(5)})
    assert (alike.low, alike.high) == (0.5, 0.5)
    assert share({"a": (1, 2)}).low is None


def test_nothing_measured_is_no_value_rather_than_zero() -> None:
    assert Tally().share("part", "name").value is None
    assert Tally().count("part", "name").value is None
    empty = Tally()
    empty.add("a", 0, 3)
    assert empty.count("part", "name").value == 0


def test_precision_recall_and_f1_of_known_counts() -> None:
    pairs = Pairs()
    pairs.add("a", hits=1, found=2, wanted=1)
    pairs.add("b", hits=1, found=1, wanted=3)
    values = {f.name: f.value for f in pairs.figures("part")}
    assert values == {"precision": 2 / 3, "recall": 0.5, "F1": 4 / 7}


def test_a_system_that_finds_nothing_has_no_precision_and_f1_zero() -> None:
    pairs = Pairs()
    pairs.add("a", hits=0, found=0, wanted=2)
    values = {f.name: f.value for f in pairs.figures("part")}
    assert values == {"precision": None, "recall": 0.0, "F1": 0.0}


def figure(name: str, value: float | None, *, count: bool = False, less: bool = False) -> Figure:
    return Figure("p", name, "", "ours", value, None, None, 9, 3, is_count=count, less_is_better=less or count)


def key(name: str) -> tuple[str, str, str, str]:
    return ("p", name, "", "ours")


def test_a_share_may_fall_by_the_tolerance_and_no_further() -> None:
    parts = frozenset({"p"})
    assert not compare([figure("a", 0.5 - TOLERANCE)], {key("a"): 0.5}, parts).failed
    worse = compare([figure("a", 0.5 - TOLERANCE - 0.001)], {key("a"): 0.5}, parts)
    assert worse.failed
    assert [c.name for c in worse.worse] == ["a"]


def test_a_count_may_not_grow_at_all_and_less_of_a_bad_share_is_better() -> None:
    parts = frozenset({"p"})
    assert compare([figure("leaks", 1, count=True)], {key("leaks"): 0}, parts).failed
    better = compare([figure("false abstentions", 0.1, less=True)], {key("false abstentions"): 0.2}, parts)
    assert not better.failed
    assert len(better.better) == 1


def test_a_figure_that_is_gone_fails_but_not_when_its_part_was_left_out() -> None:
    assert compare([], {key("a"): 0.5}, frozenset({"p"})).failed
    assert not compare([], {key("a"): 0.5}, frozenset({"q"})).failed
    assert compare([figure("a", None)], {key("a"): 0.5}, frozenset({"p"})).gone


def test_new_figures_are_counted_and_plain_alternatives_are_not_compared() -> None:
    plain = Figure("p", "a", "", "BM25 alone", 0.1, None, None, 9, 3)
    found = compare([figure("a", 0.5), plain], {("p", "a", "", "BM25 alone"): 0.9}, frozenset({"p"}))
    assert not found.failed
    assert found.fresh == 1
