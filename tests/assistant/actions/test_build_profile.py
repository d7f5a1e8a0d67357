from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.actions.build_profile import build_profile
from assistant.actions.find_nearest import Reading
from assistant.domain.customer_value import Reach
from assistant.domain.evidence import Evidence, EvidenceState, Facet, Strength, Tense, Topic, Witness
from assistant.domain.note import Note, NoteKind
from assistant.domain.profile import FacetState, Profile, Shape, StatementStatus
from tests.assistant.engines.offline.situations import CALM, EVIDENCE, MAJA, MANAGER, TODAY, evidence, note, readable


def profile(*found: Evidence, today: date = TODAY, left_out: int = 0, read: Sequence[Note] | None = ()) -> Profile:
    """A profile of what was found; of notes that were all read, or, with None, of some that were not."""
    shown = [readable(n) for n in read or ()]
    reading = Reading() if read is None else Reading.of(shown, in_all=len(shown), found=found)
    return build_profile(MAJA, MANAGER, today, found, left_out, reading=reading)


AGAIN = note("m1", "2026-03-20", '"I like a calm buffet at seven, no rush," she said.', NoteKind.ONE_ON_ONE)
CALM_TWICE = (
    evidence(CALM, "I like it when the buffet looks calm at seven", Topic.PASSION, Witness.SELF),
    evidence(AGAIN, "I like a calm buffet at seven, no rush", Topic.PASSION, Witness.SELF),
)


def test_quotes_on_one_matter_stand_in_one_statement() -> None:
    view = profile(*CALM_TWICE).passion
    assert view.state is FacetState.CONFIRMED
    assert len(view.statements) == 1
    assert {i.note.id for i in view.statements[0].evidence} == {"n2", "m1"}
    assert view.statements[0].text.startswith("Maja said on ")
    assert any(f"“{i.quote.text}”" in view.statements[0].text for i in view.statements[0].evidence)


def test_different_matters_stay_apart() -> None:
    other = note("m2", "2026-03-21", '"Baking with wild yeast is my favourite puzzle," she said.')
    more = evidence(other, "Baking with wild yeast is my favourite puzzle", Topic.PASSION, Witness.SELF)
    assert len(profile(*CALM_TWICE, more).passion.statements) == 2


def test_what_they_took_back_later_is_outdated_with_the_words_against_it() -> None:
    turned = note("m3", "2026-04-02", '"The calm buffet at seven bores me now, I am tired of it."', NoteKind.ONE_ON_ONE)
    against = evidence(
        turned, "The calm buffet at seven bores me now, I am tired of it.", Topic.ENERGY_DRAIN, Witness.SELF
    )
    statement = profile(*CALM_TWICE, against).passion.statements[0]
    assert statement.status is StatementStatus.OUTDATED
    assert [i.note.id for i in statement.against] == ["m3"]


def test_past_doubted_and_second_hand_words_are_not_current() -> None:
    told = [
        replace(CALM_TWICE[0], tense=Tense.PAST),
        evidence(AGAIN, "no rush", Topic.TALENT, tense=Tense.DOUBTED),
        evidence(AGAIN, "I like a calm buffet", Topic.CUSTOMER_VALUE, Witness.HEARSAY),
    ]
    found = profile(*told)
    assert [s.status for s in found.passion.statements] == [StatementStatus.OUTDATED]
    assert [s.status for s in found.talent.statements] == [StatementStatus.CONTRADICTED]
    assert [s.status for s in found.customer_value.statements] == [StatementStatus.HEARSAY]


def test_nothing_known_is_said_in_plain_sentences() -> None:
    found = profile()
    assert {found.passion.state, found.talent.state, found.customer_value.state} == {FacetState.UNKNOWN}
    assert "No note says, in Maja's own words, what she enjoys in the work." in found.gaps
    assert "No note says who is better off through Maja's work." in found.gaps
    assert found.shape is None


def test_old_proof_is_stale_and_the_gap_names_its_day() -> None:
    found = profile(*CALM_TWICE, today=date(2026, 12, 1))
    assert found.passion.state is FacetState.STALE
    assert "The newest word on what draws Maja is of 20 March 2026." in found.gaps or any(
        "20 March" in gap for gap in found.gaps
    )


def test_what_only_others_saw_is_hinted_and_the_gap_says_how_to_settle_it() -> None:
    seen = evidence(CALM, "the buffet looks calm", Topic.TALENT, Witness.PEER, Strength.E3)
    found = profile(seen)
    assert found.talent.state is FacetState.HINTED
    assert any(gap.startswith("Others saw what Maja does well: “") and "or hear her on it" in gap for gap in found.gaps)


def test_customers_are_those_who_are_heard_by_name() -> None:
    thanks = note("m4", "2026-04-01", "Her oven card saved my night shift an hour.", NoteKind.PEER_FEEDBACK, "Ben Roth")
    heard = evidence(thanks, thanks.text, Topic.CUSTOMER_VALUE, Witness.PEER)
    letter = note("m5", "2026-04-02", "Nobody told me about the nuts.", NoteKind.CUSTOMER_COMPLAINT, "Rolf Tamm, guest")
    found = build_profile(MAJA, MANAGER, TODAY, [*EVIDENCE, heard], 0, [readable(letter)])
    assert [(c.name, c.reach) for c in found.customers] == [
        ("Rolf Tamm, guest", Reach.EXTERNAL),
        ("Vera Holm, guest", Reach.EXTERNAL),
        ("Ben Roth", Reach.INTERNAL),
    ]
    assert all(q.text in q.note.text for c in found.customers for q in c.quotes)


def test_weakest_facet_shape_and_left_out_are_carried() -> None:
    found = profile(*CALM_TWICE, left_out=2)
    assert found.weakest is Facet.CUSTOMER_VALUE
    assert found.shape is Shape.WILLING_BUT_UNSKILLED
    assert found.left_out == 2


def test_a_rejected_item_is_not_in_the_profile() -> None:
    gone = replace(CALM_TWICE[0], state=EvidenceState.REJECTED)
    assert profile(gone).passion.state is FacetState.UNKNOWN
    assert profile(gone).passion.statements == ()


def test_a_hope_that_is_only_hinted_at_is_quoted_with_its_note_and_not_called_unsaid() -> None:
    said = note("h1", "2026-03-20", "She might like to lead the bread course.", NoteKind.ONE_ON_ONE)
    doubted = evidence(said, said.text, Topic.ASPIRATION, tense=Tense.DOUBTED)
    found = profile(doubted, read=[said])
    assert [gap for gap in found.gaps if "hopes" in gap] == [
        "The notes point to what Maja hopes to do next: “She might like to lead the bread course” (20 March). "
        "Ask whether that is it."
    ]
    assert [(q.note.id, q.text) for q in found.near] == [("h1", "She might like to lead the bread course")]
    plain = replace(doubted, witness=Witness.SELF, tense=Tense.CURRENT)
    assert not [gap for gap in profile(plain).gaps if "hope" in gap]


def test_a_hope_that_ended_is_told_as_ended_and_one_said_since_as_the_nearest() -> None:
    ended = note("h1", "2026-03-20", "She has dropped the bread course.", NoteKind.ONE_ON_ONE)
    over = evidence(ended, ended.text, Topic.ASPIRATION, Witness.SELF, tense=Tense.PAST)
    [past] = [gap for gap in profile(over, read=[ended]).gaps if "hope" in gap]
    assert past.startswith("A hope has ended: “She has dropped the bread course” (20 March).")
    since = note("h2", "2026-04-02", "She asked about the evening school for cooks.", NoteKind.ONE_ON_ONE)
    [now] = [gap for gap in profile(over, read=[ended, since]).gaps if "hope" in gap]
    assert "point to what Maja hopes to do next: “She asked about the evening school for cooks” (2 April)" in now


def test_hearsay_and_what_was_rejected_are_never_the_nearest() -> None:
    said = note("h1", "2026-03-20", "Li heard that she would love to lead the bread course.", NoteKind.ONE_ON_ONE)
    hearsay = evidence(said, "she would love to lead the bread course", Topic.ASPIRATION, Witness.HEARSAY)
    assert not profile(hearsay, read=[said]).near
    assert profile(read=[said]).near
    rejected = replace(hearsay, witness=Witness.SELF, state=EvidenceState.REJECTED)
    assert not profile(rejected, read=[said]).near


def test_what_was_not_read_is_not_said_to_be_in_no_note() -> None:
    assert [gap for gap in profile(read=None).gaps if gap.startswith("No note")] == []
    assert [gap for gap in profile().gaps if gap.startswith("No note")] == list(profile().gaps)


def test_a_guess_stands_apart_and_never_makes_a_facet_known() -> None:
    guesses = [replace(item, cue="PAS-read") for item in CALM_TWICE]
    view = profile(*guesses).passion
    assert view.state is FacetState.HINTED
    assert view.statements == ()
    assert {i.note.id for told in view.guesses for i in told.evidence} == {"n2", "m1"}
    sure = profile(*(replace(item, state=EvidenceState.CONFIRMED) for item in guesses)).passion
    assert sure.state is FacetState.CONFIRMED
    assert sure.guesses == ()


def test_a_word_met_in_passing_is_no_hint() -> None:
    view = profile(replace(CALM_TWICE[0], strength=Strength.E0)).passion
    assert view.state is FacetState.UNKNOWN
    assert not view.statements
    assert not view.guesses


def test_a_note_that_tells_it_plainly_needs_no_guess() -> None:
    view = profile(CALM_TWICE[0], replace(CALM_TWICE[0], cue="PAS-read"), replace(CALM_TWICE[1], strength=Strength.E1))
    assert len(view.passion.statements) == 1
    assert view.passion.guesses == ()
