"""Choose and see: the analyses of the notebooks behind a few menus, for ``notebooks/explore.ipynb``.

What is shown is of the studies that the notebooks ask, so that it is what a batch run of the same parameters writes; menus hold
only what has data (:mod:`~hanyang_data.explore.choices`); widgets hold no logic.
"""

from hanyang_data.explore.view import page

__all__ = ["page"]
