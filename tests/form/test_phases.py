from __future__ import annotations

import itertools

import pytest

from arcgis_keywidget.errors import FormStepError
from arcgis_keywidget.form.phases import BUSY, TRANSITIONS, Event, Phase, next_phase

# The table as people read it; a dot is a FormStepError.
DRAWN = """
                                signed-out  starting    signing-in  signed-in   creating    ready
 start the practice portal      starting    .           .           .           .           .
 practice portal started        .           signing-in  .           .           .           .
 sign in                        signing-in  .           .           .           .           .
 signed in                      .           .           signed-in   .           .           .
 key brought along              .           .           ready       .           .           .
 take over a session            signed-in   .           .           .           .           .
 create a key                   .           .           .           creating    .           .
 key created                    .           .           .           .           ready       .
 failed or cancelled            .           signed-out  signed-out  .           signed-in   .
 session ended                  .           .           .           signed-out  signed-out  .
 make another key               .           .           .           .           .           signed-in
 forget the key                 .           .           .           .           .           signed-in
 sign out                       .           .           .           signed-out  .           signed-out
"""


def drawn():
    """The drawn table as a dictionary."""
    head, *rows = DRAWN.strip("\n").splitlines()
    phases = head.split()
    cells = {}
    for row in rows:
        event, *targets = [row[:32].strip(), *row[32:].split()]
        cells |= {(Phase(phase), Event(event)): target for phase, target in zip(phases, targets, strict=True)}
    return cells


@pytest.mark.parametrize(("phase", "event"), list(itertools.product(Phase, Event)))
def test_every_pair_does_what_the_drawing_says(phase, event):
    """Each event leads where the drawing says in each phase, or is refused with what to do instead."""
    target = drawn()[phase, event]
    if target == ".":
        with pytest.raises(FormStepError) as refused:
            next_phase(phase, event)
        assert refused.value.hint
    else:
        assert next_phase(phase, event) == target


def test_every_phase_can_be_left_and_reached():
    """There is no dead end, and no phase that nothing leads to."""
    assert {phase for phase, _ in TRANSITIONS} == set(Phase) == set(TRANSITIONS.values())


def test_every_busy_phase_can_be_cancelled():
    """Wherever a task runs, stopping leads somewhere where none does."""
    assert all(next_phase(phase, Event.STOPPED) not in BUSY for phase in BUSY)
