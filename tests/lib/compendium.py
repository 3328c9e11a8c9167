"""Making compendia with tests' own program, compendium_make."""

import os

from briefing_test import BUILD, SRC, clean_environment, run

MAKE = os.path.join(BUILD, "tests", "compendium_make")


def make(form, specs, house=None, tier=None, paper=None, timeout=120):
    """form: pdf or trace, in the result's out."""
    environment = clean_environment(BRIEFING_FONTS=os.path.join(SRC, "fonts"))
    return run(form, house or "-", tier or "-", paper or "-", *specs, program=MAKE, environment=environment,
               timeout=timeout)
