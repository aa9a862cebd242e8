"""Kernels that wait for visitors of the served page: one that is given to a visitor has all its time from then on."""

from __future__ import annotations

from typing import Any


def count_from_the_visit() -> None:
    """Make Voilà, in this process, take a visit for an activity of the kernel that it is given.

    A kernel that has waited for long counts as idle since it was started. It would be ended before the browser of the visitor has
    opened its socket, whenever the look for idle kernels comes in between.
    For the configuration file of a server (``serve/voila.py``), before it starts.

    Example:
        >>> count_from_the_visit()
    """
    from voila import app

    made = app.voila_kernel_manager_factory

    def factory(*given: Any, **named: Any) -> Any:
        manager = made(*given, **named)
        return _attentive(manager) if hasattr(manager, "get_rendered_notebook") else manager

    app.voila_kernel_manager_factory = factory


def _attentive(manager: Any) -> Any:
    """The same manager of kernels, which notes a visit."""
    from jupyter_server._tz import utcnow

    class Attentive(manager):  # type: ignore[misc]
        async def get_rendered_notebook(self, *given: Any, **named: Any) -> Any:
            """What Voilà gives to a visitor; the last of it is the kernel."""
            rendered = await super().get_rendered_notebook(*given, **named)
            self.get_kernel(rendered[-1]).last_activity = utcnow()
            return rendered

    return Attentive
