# SPDX-License-Identifier: Apache-2.0
"""Random choices that are remembered, so that what they led to can be made again, and smaller.

A generator asks a Choices for everything that is random. The list of what it was answered makes the same thing again; a list with parts left
out or set to zero makes a smaller one, for a generator puts the simplest first wherever it chooses, and past the list's end all is zero.
(The idea is Hypothesis's: "Test-Case Reduction via Test-Case Generation", ECOOP 2020.)
"""

import random
import time


class Choices:
    def __init__(self, seed=None, given=()):
        """Drawn from `seed`, or, without one, those `given` and then zeros."""
        self.random = None if seed is None else random.Random(seed)
        self.given, self.made = given, []

    def below(self, limit):
        """A number of 0 to limit - 1."""
        at = len(self.made)
        if self.random is not None:
            value = self.random.randrange(limit)
        else:
            value = min(self.given[at], limit - 1) if at < len(self.given) else 0
        self.made.append(value)
        return value

    def chance(self, percent):
        return self.below(100) >= 100 - percent

    def pick(self, things):
        return things[self.below(len(things))]

    def some(self, things, least=0):
        """Some of the things in their order, at least so many."""
        kept = [thing for thing in things if self.chance(50)]
        return kept if len(kept) >= least else list(things[:least])

    def shuffled(self, things):
        rest, order = list(things), []
        while rest:
            order.append(rest.pop(self.below(len(rest))))
        return order


def shrink(made, fails, seconds=20):
    """The smallest list found in the time for which `fails(list)` still holds: blocks are left out, then numbers are lowered."""
    end = time.monotonic() + seconds

    def better(candidate):
        nonlocal made
        if time.monotonic() < end and fails(candidate):
            made = candidate
            return True
        return False

    before = None
    while before != made and time.monotonic() < end:
        before = list(made)
        size = max(1, len(made) // 2)
        while size:
            at = len(made) - size
            while at >= 0:
                if not better(made[:at] + made[at + size:]) and any(made[at:at + size]):
                    better(made[:at] + [0] * size + made[at + size:])
                at -= size
            size //= 2
        for at in range(len(made)):
            if at < len(made) and made[at] > 1:
                better(made[:at] + [made[at] // 2] + made[at + 1:])
    return made
