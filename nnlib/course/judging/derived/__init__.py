"""Cases that nobody wrote: an exercise's own, turned into whole numbers, views, single rows.

An answer that is right on the written cases may still be wrong in the notebook. Each `Kind` is one
way for that to happen: it makes cases from those of any exercise, and its `words` are what a tutor
says to an answer that fails just there. What a case expects is what the reference makes of it; a
case that the reference refuses, or whose result is rounding error, is no case.
"""

from .cases import cases_of as cases_of
from .cases import derived as derived
from .cases import finite as finite
from .cases import run as run
from .cases import why_not as why_not
from .examination import examine as examine
from .examination import judge as judge
from .examination import outcomes as outcomes
from .kinds import KINDS as KINDS
