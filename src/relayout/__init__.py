r"""relayout rebuilds newspaper pages: broken column lines become separated articles.

>>> import relayout
>>> issue = relayout.fix("會議開幕。\n")
>>> issue.articles[0].parts[0].text
'會議開幕。'
"""

from relayout.api import fix
from relayout.errors import RelayoutError
from relayout.model import Issue
from relayout.version import __version__

__all__ = ["Issue", "RelayoutError", "__version__", "fix"]
