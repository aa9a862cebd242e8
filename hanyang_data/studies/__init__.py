"""One folder a question, and what they share; :mod:`~hanyang_data.studies.derived` computes what no source prints."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=["derived"])
